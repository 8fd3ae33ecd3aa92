/** A sentence of an answer, made by hand, with what a reader would say of it. */
export interface HandMadeClaim {
  readonly language: string;
  readonly claim: string;
  readonly passages: readonly string[];
  /** A few words of each sentence that bears it out; none: nothing does. */
  readonly support: readonly string[];
}

const station = [
  'Larch Street is the oldest station of the line. It was opened to passengers on 12 May 1931, after four years of work. The hall was designed by Ida Verhoeven, who had won the competition of 1926.',
  'The line carries about 48,000 passengers a day. In 1974 the roof of Larch Street was damaged by fire. It took the city two years to repair it.',
] as const;
const bahnhof = [
  'Der Bahnhof Lärchenstraße ist der älteste der Strecke. Er wurde am 12. Mai 1931 nach vierjähriger Bauzeit eröffnet. Die Halle entwarf Ida Verhoeven, die 1926 den Wettbewerb gewonnen hatte.',
  'Täglich fahren rund 48.000 Menschen auf der Strecke. Im Jahr 1974 beschädigte ein Brand das Dach. Die Stadt brauchte zwei Jahre, um es zu reparieren.',
] as const;
const gare = [
  'La gare de la rue des Mélèzes est la plus ancienne de la ligne. Elle fut ouverte aux voyageurs le 12 mai 1931, après quatre ans de travaux. Le hall a été dessiné par Ida Verhoeven.',
  'La ligne transporte environ 48 000 voyageurs par jour. En 1974, un incendie a endommagé le toit de la gare.',
] as const;
const estacion = [
  'La estación de la calle Alerce es la más antigua de la línea. Fue abierta al público el 12 de mayo de 1931, tras cuatro años de obras. El vestíbulo fue diseñado por Ida Verhoeven.',
  'La línea transporta unos 48.000 viajeros al día. En 1974 un incendio dañó el techo de la estación.',
] as const;
const stazione = [
  'La stazione di via dei Larici è la più antica della linea. Fu aperta ai passeggeri il 12 maggio 1931, dopo quattro anni di lavori. L’atrio fu progettato da Ida Verhoeven.',
  'La linea trasporta circa 48.000 passeggeri al giorno. Nel 1974 un incendio danneggiò il tetto della stazione.',
] as const;
const estacao = [
  'A estação da rua dos Lariços é a mais antiga da linha. Foi aberta aos passageiros em 12 de maio de 1931, depois de quatro anos de obras. O átrio foi projetado por Ida Verhoeven.',
  'A linha transporta cerca de 48.000 passageiros por dia. Em 1974 um incêndio danificou o telhado da estação.',
] as const;
const stationNl = [
  'Het station aan de Lariksstraat is het oudste van de lijn. Het werd op 12 mei 1931 geopend, na vier jaar bouwen. De hal werd ontworpen door Ida Verhoeven.',
  'De lijn vervoert elke dag ongeveer 48.000 reizigers. In 1974 beschadigde een brand het dak van het station.',
] as const;
const vokzal = [
  'Станция на Лиственничной улице — старейшая на линии. Она была открыта для пассажиров 12 мая 1931 года, после четырёх лет строительства. Зал спроектировала Ида Ферхувен.',
  'Линия перевозит около 48 000 пассажиров в день. В 1974 году пожар повредил крышу станции.',
] as const;
const eki = [
  '唐松通り駅はこの路線で最も古い駅である。四年の工事を経て、1931年5月12日に開業した。駅舎はイダ・フェルフーフェンが設計した。',
  'この路線の乗客は一日およそ4万8千人である。1974年の火災で駅の屋根が損傷した。',
] as const;
const chezhan = [
  '落叶松街站是这条线路上最古老的车站。经过四年施工，它于1931年5月12日开放。大厅由伊达·费尔霍芬设计。',
  '这条线路每天运送约四万八千名乘客。1974年，一场火灾损坏了车站的屋顶。',
] as const;
const mahatta = [
  'محطة شارع الأرز هي أقدم محطة على الخط. افتتحت للركاب في 12 مايو 1931 بعد أربع سنوات من العمل. صممت القاعة إيدا فيرهوفن.',
  'ينقل الخط نحو 48000 راكب في اليوم. في عام 1974 ألحق حريق أضرارا بسقف المحطة.',
] as const;
const steshan = [
  'देवदार सड़क स्टेशन इस लाइन का सबसे पुराना स्टेशन है। चार साल के काम के बाद इसे 12 मई 1931 को यात्रियों के लिए खोला गया। इसका हॉल इडा वर्होवन ने बनाया था।',
  'यह लाइन रोज़ लगभग 48,000 यात्रियों को ले जाती है। 1974 में आग से स्टेशन की छत को नुकसान पहुँचा।',
] as const;

const of = (language: string, passages: readonly string[], claim: string, ...support: string[]): HandMadeClaim => ({
  language,
  claim,
  passages,
  support,
});

export const handMadeClaims: readonly HandMadeClaim[] = [
  of('en', station, 'The station opened on 12 May 1931.', 'opened to passengers'),
  of('en', station, 'Larch Street station opened in 1931.', 'opened to passengers'),
  of('en', station, 'Larch Street was inaugurated in 1931.', 'opened to passengers'),
  of('en', station, 'It was opened to passengers on May 12, 1931.', 'opened to passengers'),
  of('en', station, 'Passengers were first admitted on 1931-05-12.', 'opened to passengers'),
  of('en', station, 'The hall was the work of Ida Verhoeven.', 'designed by Ida Verhoeven'),
  of('en', station, 'Ida Verhoeven designed the hall.', 'designed by Ida Verhoeven'),
  of('en', station, 'Every day the line carries some 48 thousand passengers.', '48,000 passengers'),
  of('en', station, 'A fire damaged the roof in 1974.', 'damaged by fire'),
  of('en', station, 'Repairing the roof took the city 2 years.', 'two years to repair'),
  of('en', station, '**Larch Street** is the *oldest* station of the line.', 'oldest station'),
  of(
    'en',
    station,
    'The hall was designed by Ida Verhoeven, and the roof was damaged by fire in 1974.',
    'designed by Ida Verhoeven',
    'damaged by fire',
  ),
  of('en', station, 'The station opened in 1913.'),
  of('en', station, 'It was opened to passengers on 12 June 1931.'),
  of('en', station, 'The hall was designed by Maud Okafor.'),
  of('en', station, 'The line carries about 84,000 passengers a day.'),
  of('en', station, 'Trains run every six minutes until midnight.'),
  of('en', station, 'The mayor resigned over the cost of the tunnel.'),
  of('en', station, 'Dr. J. Albers had objected to the competition.'),
  of('de', bahnhof, 'Der Bahnhof wurde am 12. Mai 1931 eröffnet.', 'nach vierjähriger Bauzeit'),
  of('de', bahnhof, 'Ida Verhoeven entwarf die Halle.', 'Die Halle entwarf'),
  of('de', bahnhof, '1974 wurde das Dach durch einen Brand beschädigt.', 'beschädigte ein Brand'),
  of('de', bahnhof, 'Die Reparatur dauerte 2 Jahre und kostete die Stadt 9 Millionen.'),
  of('de', bahnhof, 'Der Bahnhof wurde am 12. Mai 1913 eröffnet.'),
  of('fr', gare, 'La gare a ouvert le 12 mai 1931 après quatre ans de travaux.', 'ouverte aux voyageurs'),
  of('fr', gare, 'C’est Ida Verhoeven qui a dessiné le hall.', 'dessiné par'),
  of('fr', gare, 'La ligne transporte environ 84 000 voyageurs par jour.'),
  of('es', estacion, 'La estación se abrió al público en mayo de 1931.', 'abierta al público'),
  of('es', estacion, 'Unos 48 mil viajeros usan la línea cada día.', '48.000 viajeros'),
  of('es', estacion, 'El alcalde dimitió por el coste del túnel.'),
  of('it', stazione, 'La stazione fu aperta il 12 maggio 1931.', 'aperta ai passeggeri'),
  of('it', stazione, 'Un incendio danneggiò il tetto nel 1947.'),
  of('pt', estacao, 'A estação foi aberta em maio de 1931.', 'aberta aos passageiros'),
  of('pt', estacao, 'O átrio foi projetado por Ana Moreira.'),
  of('nl', stationNl, 'Het station werd geopend op 12 mei 1931.', '12 mei 1931'),
  of('nl', stationNl, 'De lijn vervoert elke dag 84.000 reizigers.'),
  of('ru', vokzal, 'Станцию открыли 12 мая 1931 года.', 'была открыта'),
  of('ru', vokzal, 'В 1947 году пожар повредил крышу станции.'),
  of('ja', eki, '駅は1931年5月12日に開業した。', '1931年5月12日'),
  of('ja', eki, '1947年の火災で駅の屋根が損傷した。'),
  of('zh', chezhan, '车站于1931年5月12日开放。', '1931年5月12日'),
  of('zh', chezhan, '线路每天运送约48000名乘客。', '四万八千'),
  of('zh', chezhan, '车站于1913年5月12日开放。'),
  of('ar', mahatta, 'افتتحت المحطة في 12 مايو 1931.', 'افتتحت للركاب'),
  of('ar', mahatta, 'ينقل الخط نحو 84000 راكب في اليوم.'),
  of('hi', steshan, 'स्टेशन 12 मई 1931 को यात्रियों के लिए खोला गया।', '12 मई 1931'),
  of('hi', steshan, 'यह लाइन रोज़ लगभग 84,000 यात्रियों को ले जाती है।'),
];
