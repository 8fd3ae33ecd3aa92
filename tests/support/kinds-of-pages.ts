/** Pages of the kinds at which readers made for news fail. Each has something around its content that must not be captured: the word “Elsewhere”. */

const around = (
  content: string,
  title: string,
  head = '',
) => `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body>
  <header class="site-header"><a href="/">Elsewhere</a><nav><ul>${links(8)}</ul></nav></header>${content}
  <footer class="site-footer"><p>Elsewhere and company. All rights reserved, in every harbour.</p></footer></body></html>`;

const links = (count: number) =>
  Array.from({ length: count }, (_, index) => `<li><a href="/other/${index}">Elsewhere ${index}</a></li>`).join('');

const paragraphs = [
  'The harbour office opened its new tide gauge on Monday, after a winter in which the old one had stopped three times.',
  'It measures the water every six minutes and sends the figures to the pilots, who used to read them off a painted board.',
  'The keeper, Ines Falk, says that the board stays where it is: nobody has ever had to restart a board.',
  'Two ships waited outside the bar on the first evening, because the gauge and the board disagreed by a hand.',
];

/** The text of `newsArticle`, and nothing else of that page. */
export const newsText = paragraphs.join('\n\n');

export const newsArticle = around(
  `<main><article><h1>A gauge for the harbour</h1>
    <p class="meta-line">Published: March 4, 2025, 10:15 a.m. | Updated: March 5, 2025, 8:02 p.m.</p>
    <figure><img src="a.jpg" alt=""><figcaption>The tide gauge on the north quay, seen from the ferry on Tuesday morning.</figcaption></figure>
    <p>${paragraphs[0]}</p><div class="relatedposts-box"><h4>Also here</h4><p>Elsewhere a bridge was painted, which took the whole of a summer to do.</p></div>
    <p>${paragraphs[1]}</p><p>${paragraphs[2]}</p><p>${paragraphs[3]}</p>
    <p>Ines Mole is a reporter who writes about water, weather and what they do to towns.</p>
    <p>Follow the Harbour Post on Facebook for more of the same, every morning at six.</p></article></main>`,
  'A gauge for the harbour',
  '<meta property="og:type" content="article"><meta name="author" content="Ines Mole">',
);

export const figureCaption = 'Figure 2. Height of water at the north quay in one week of February.';

const advertisement = '<p>Only today, the Elsewhere of the week: a year of it for one.</p>';

export const declaredArticle = (isShown: boolean, isPaid = false) =>
  around(
    isShown
      ? `<div class="body">${paragraphs.map((text, index) => `<p>${text}</p>${index === 1 ? advertisement : ''}`).join('')}</div>`
      : '<div id="app"><p>The page is being put together. Please wait a moment.</p></div>',
    'A gauge for the harbour',
    `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody: paragraphs.join('\n'), isAccessibleForFree: !isPaid })}</script>`,
  );

export const answers = [
  { by: 'Marta Oar', text: 'Drain the tank first. Then turn the valve a quarter to the left, and wait until the hiss has stopped.' },
  {
    by: 'Sven Reed',
    text: 'On older boats the valve turns the other way. Look for the arrow that is cast into the handle before you touch it.',
  },
  { by: 'Lou Bell', text: 'Neither helped me. It was the gasket, which costs next to nothing and takes ten minutes to change.' },
];

export const questionPage = around(
  `<div id="content"><h1>How do I bleed the heating of a narrowboat?</h1><div class="question"><div class="post-body">
    <p>Every autumn there is air in the pipes, and the last radiator stays cold. Where do I begin, and what should I leave alone?</p></div></div>
    <div id="answers">${answers
      .map(
        ({
          by,
          text,
        }) => `<div class="answer"><div class="vote-cell"><span class="vote-count">7</span></div><div class="post-body"><p>${text}</p>
          <pre><code>valve --quarter left</code></pre></div><div class="user-details"><a href="/users/1">${by}</a></div></div>`,
      )
      .join('')}</div></div>
    <div id="sidebar"><h4>Related</h4><ul>${links(12)}</ul></div>`,
  'How do I bleed the heating of a narrowboat? - Boat Answers',
);

export const wikiPage = around(
  `<div id="mw-content"><h1>Osier Bay</h1><div id="toc" class="toc"><ul><li><a href="#History">Elsewhere 1 History</a></li><li><a href="#Climate">Elsewhere 2 Climate</a></li></ul></div>
    <table class="infobox"><tr><th>Country</th><td>Wendland</td></tr><tr><th>Population</th><td>4,120</td></tr></table>
    <p><b>Osier Bay</b> is a town on the <a href="/wiki/Wend">Wend</a>, known for baskets and for a lighthouse that was never lit.<sup id="r1"><a href="#n1">[1]</a></sup></p>
    <h2 id="History">History</h2><p>The town was founded by basket makers, who came for the willows and stayed for the herring that came after them.</p>
    <h2 id="Climate">Climate</h2><table class="wikitable"><caption>Rain by season</caption><tr><th>Season</th><th>Rain (mm)</th></tr><tr><td>Spring</td><td>110</td></tr><tr><td>Autumn</td><td>240</td></tr></table>
    <h2>References</h2><ol class="references"><li id="n1"><a href="#r1">^</a> Gale, Hob (1931). <i>Lights That Were Not</i>. Wend Press, p. 12.</li></ol></div>`,
  'Osier Bay - Wendpedia',
);

export const productPage = around(
  `<div class="product-page"><h1>Storm lantern No. 5</h1><div class="price">€ 48.00</div>
    <div class="product-description"><p>A lantern of tinned steel that stays alight in a gale, with a globe of borosilicate glass and a burner for paraffin.</p></div>
    <ul class="features"><li>Burns 20 hours on one filling</li><li>Weighs 1.1 kg</li></ul>
    <table class="specs"><tr><th>Height</th><td>34 cm</td></tr><tr><th>Wick</th><td>22 mm, flat</td></tr></table></div>
    <div class="recommendations-carousel"><h3>Others bought</h3><ul>${links(10)}</ul></div>`,
  'Storm lantern No. 5 | Lamp shop',
);

export const chatLines = [
  ['Nell', 'is the ferry running?'],
  ['Otto', 'not before nine, the bar is closed'],
  ['Nell', 'then I will take the bus'],
  ['Otto', 'the bus goes at twenty past, from the fish market'],
  ['Nell', 'thanks!'],
] as const;

export const chatPage = around(
  `<main><div class="log">${chatLines
    .map(([name, text]) => `<div class="msg"><span class="username">${name}</span> <span class="said">${text}</span></div>`)
    .join('')}</div></main>`,
  'Log of #ferry',
);

/** A sentence or two in each script, as a page of it would have them. */
export const scripts: Readonly<Record<string, string>> = {
  Latin:
    'Der Leuchtturm wurde am Abend angezündet, und jeder, der die Küstenstraße entlangkam, sah an seiner Farbe, wie die Nacht werden würde.',
  Cyrillic: 'Маяк зажигали на закате, и каждый, кто шёл по берегу, видел по его цвету, какой будет ночь на море.',
  Greek: 'Ο φάρος άναβε το σούρουπο, και όποιος περνούσε από τον δρόμο της ακτής καταλάβαινε από το χρώμα του πώς θα ήταν η νύχτα.',
  Arabic: 'كانت المنارة تُضاء عند الغروب، وكان كل من يمر على طريق الساحل يعرف من لونها كيف ستكون الليلة في البحر.',
  Hebrew: 'המגדלור הודלק עם שקיעת החמה, וכל מי שעבר בדרך החוף ידע לפי צבעו כיצד ייראה הלילה בים.',
  Devanagari: 'दीपस्तंभ शाम होते ही जलाया जाता था, और तट की सड़क से गुज़रने वाला हर व्यक्ति उसके रंग से जान लेता था कि रात कैसी होगी।',
  Bengali: 'বাতিঘরটি সন্ধ্যায় জ্বালানো হতো, আর উপকূলের পথ ধরে যে কেউ আসত সে তার রং দেখে বুঝত রাত কেমন যাবে।',
  Tamil: 'கலங்கரை விளக்கம் மாலையில் ஏற்றப்பட்டது, கடற்கரைச் சாலையில் வந்த எவரும் அதன் நிறத்தைப் பார்த்து இரவு எப்படி இருக்கும் என்று அறிந்தனர்.',
  Thai: 'ประภาคารถูกจุดไฟเมื่อพลบค่ำ และทุกคนที่เดินผ่านถนนริมฝั่งก็รู้จากสีของมันว่าคืนนั้นทะเลจะเป็นอย่างไร เรือเล็กจึงไม่ออกจากท่า',
  Han: '灯塔在黄昏时分点亮，沿着海岸公路走来的人，都能从它的颜色看出这一夜海上的天气会怎样，小船也因此留在港里不再出海。',
  Kana: 'とうだいはゆうぐれにともされ、かいがんのみちをとおるひとは、そのいろをみて、よるのうみがどうなるかをしることができました。',
  Hangul: '등대는 해 질 녘에 켜졌고, 해안 길을 따라오는 사람은 누구나 그 빛깔을 보고 그날 밤 바다가 어떨지를 알 수 있었다.',
  Georgian: 'შუქურა შებინდებისას ინთებოდა, და ყველა, ვინც სანაპირო გზით მოდიოდა, მისი ფერით ხვდებოდა, როგორი იქნებოდა ღამე ზღვაზე.',
};

export const pageInScript = (text: string) =>
  around(`<main><article><p>${text}</p><p>${text} 2</p><p>${text} 3</p></article></main>`, 'Script');

export const lazyPage = around(
  `<style>.later { content-visibility: auto } .reveal { opacity: 0; transform: translateY(40px) }</style><main>
    <section><p>${paragraphs[0]}</p></section><section class="later"><p>${paragraphs[1]}</p></section>
    <section class="reveal"><p>${paragraphs[2]}</p></section><section hidden="until-found"><p>${paragraphs[3]}</p></section></main>`,
  'Later',
);

/** A list that keeps only some of its 1,000 rows in the document. */
export const virtualisedPage = around(
  `<main><h1>Log of the tides</h1><div class="viewport" style="height:200px;overflow:auto"><div style="height:20000px;position:relative">${Array.from(
    { length: 12 },
    (_, index) =>
      `<div class="row" style="position:absolute;top:${index * 20}px">Entry ${index}: the water stood at ${index} hands, and the wind was from the west.</div>`,
  ).join('')}</div></div></main>`,
  'Log of the tides',
);

export const formulas = {
  'KaTeX draws': [
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>a</mi></mrow><annotation encoding="application/x-tex">a^2+b^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">a2+b2</span></span>',
    '$a^2+b^2$',
  ],
  'MathJax draws, from its script': [
    '<span class="MathJax_Preview"></span><span class="MathJax">drawn</span><script type="math/tex">\\frac{1}{n}</script>',
    '$\\frac{1}{n}$',
  ],
  'are MathML alone': [
    '<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mrow><mi>y</mi><mo>+</mo><mn>3</mn></mrow></mfrac></math>',
    '$x^{2}=\\frac{1}{y+3}$',
  ],
  'MathJax 3 draws, with MathML for whoever cannot see': [
    '<mjx-container><mjx-math aria-hidden="true"><mjx-mi></mjx-mi></mjx-math><mjx-assistive-mml><math><msqrt><mi>z</mi></msqrt></math></mjx-assistive-mml></mjx-container>',
    '$\\sqrt{z}$',
  ],
} as const;
