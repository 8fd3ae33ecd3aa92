import { once } from '../once';

/** Words that say much the same, or one for the other when a sentence is put in other words. English, the language in which most is rephrased so. */
const groups = `
open inaugurate launch start begin commence establish found initiate introduce
close shut cease end finish terminate conclude stop
build construct erect make create produce manufacture form
design devise develop conceive invent plan
write author compose pen
die perish decease death
kill murder slay assassinate
bear birth native
buy purchase acquire obtain get gain
sell vend trade
show display exhibit demonstrate reveal indicate
use employ utilize utilise apply usage
help aid assist support
large big great huge vast major sizable substantial
small little tiny minor
many numerous several multiple lot various
main chief principal primary key central major
first initial earliest original
last final ultimate latest
begin onset origin beginning start
fast quick rapid swift speedy
old ancient elderly aged former
new recent modern novel
rich wealthy affluent
important significant crucial vital essential
famous renowned known noted well-known celebrated popular
reach attain achieve arrive
live reside dwell inhabit occupy home
situate locate lie stand position place
name call term title dub refer
say state declare claim assert argue mention note
think believe consider regard view
leader head chief ruler commander
lead head direct command guide run manage
country nation state land
city town municipality
village hamlet settlement
area region zone territory district
house home dwelling residence
person people human individual man
child kid offspring son daughter
job work occupation profession employment
money fund cash payment
cost price expense charge fee
war conflict battle fight combat
win defeat beat victory triumph
lose loss defeat
rule govern reign control
law legislation statute act
school academy college
student pupil learner
teacher instructor professor
doctor physician
illness disease sickness ailment
ship vessel boat
car automobile vehicle
plane aircraft airplane
street road avenue
river stream
sea ocean
film movie picture
book volume publication
increase rise grow growth expand climb
decrease fall drop decline reduce shrink lower
allow permit enable let authorize
forbid ban prohibit prevent
need require necessitate demand
contain include comprise hold consist
cause lead result produce trigger bring
change alter modify transform convert
give grant provide supply offer present award
receive get obtain accept
send dispatch transmit
take carry transport bring
keep retain maintain preserve
break destroy demolish ruin damage wreck
hit strike
attack assault raid invade
discover find detect uncover
choose select pick elect appoint
join unite merge combine
leave depart quit exit abandon
return revert
move relocate shift migrate
travel journey trip
stay remain
become turn
different distinct diverse dissimilar
same identical equal alike
similar alike akin
near close nearby adjacent
kind type sort form variety class category
part portion section segment component
whole entire total complete full
quantity amount number sum
annual yearly
daily everyday
purpose aim goal objective intention
reason cause ground
method way manner technique means approach process
idea concept notion theory
problem issue difficulty trouble
answer reply respond response solution
describe depict portray characterize
explain clarify
study examine investigate research analyze
measure gauge
weigh weight
height tall high
long length
wide width breadth
deep depth
speed velocity pace rate
employee worker staff
company firm corporation business enterprise
organization organisation body institution agency
member participant
religion faith belief
church chapel
king monarch sovereign
soldier troop army military
food nourishment nutrition meal
origin source root
effect impact influence consequence
success achievement
advantage benefit
disadvantage drawback
also too additionally
often frequently commonly usually typically
about approximately roughly around circa nearly almost
percent percentage %
third one-third
half fifty
approve ratify pass adopt endorse
oppose resist reject object
release publish issue
replace substitute supersede succeed
connect link attach join
separate divide split part
protect defend guard shield
serve function act
teach educate instruct
train coach
marry wed spouse wife husband
perform play execute conduct
watch see view observe
hear listen
speak talk
meet encounter
try attempt
want desire wish
suggest propose recommend
complete finish accomplish
host hold stage
renovate restore refurbish repair rebuild
extinguish dark
french france
dutch netherlands holland
spanish spain
english england
british britain uk
welsh wales
scottish scotland scots
irish ireland
polish poland
danish denmark danes
greek greece
turkish turkey
swiss switzerland
chinese china
roman rome
finnish finland
norwegian norway
portuguese portugal
swedish sweden swedes
american america us usa
european europe
light illuminate lit
author writer
creator founder inventor developer maker
`;

const groupsOf = once(() => {
  const numbers = new Map<string, Set<number>>();
  for (const [index, group] of groups.trim().split('\n').entries()) {
    for (const word of group.trim().split(' ')) numbers.set(word, (numbers.get(word) ?? new Set()).add(index));
  }
  return numbers;
});

/** Forms that no stemmer leads back to their verb. */
const irregular = once(
  () =>
    new Map(
      `began begin begun begin built build bought buy sold sell wrote write written write made make found find gave give given give got get held hold kept keep left leave
lost lose met meet ran run said say saw see seen see sent send shown show spoke speak spoken speak taught teach took take taken take thought think told tell went go
won win broke break broken break chose choose chosen choose fell fall fallen fall felt feel flew fly fought fight grew grow grown grow knew know known know lay lie
led lead lit light rose rise risen rise struck strike stood stand became become came come born bear brought bring caught catch drew draw drawn draw drove drive driven drive
died die dying die lived live children child people person men man women woman wives wife lives life cities city countries country`
        .split(/\s+/)
        .map((word, index, words) => [word, words[index + 1] ?? ''] as const)
        .filter((_, index) => index % 2 === 0),
    ),
);

/** The word as a dictionary lists it, where a stemmer would miss it. English. */
export function baseForm(word: string): string {
  return irregular().get(word) ?? word;
}

/** Numbers of the groups of words that mean much the same; nothing for a word that is in none. English, in lower case and any form that ends regularly. */
export function meaningsOf(word: string): ReadonlySet<number> | undefined {
  for (const form of formsOf(word)) {
    const found = groupsOf().get(form);
    if (found) return found;
  }
  return undefined;
}

function formsOf(word: string): string[] {
  const base = baseForm(word);
  const forms = [base];
  if (base.endsWith('ies')) forms.push(`${base.slice(0, -3)}y`);
  if (base.endsWith('es')) forms.push(base.slice(0, -2));
  if (base.endsWith('s')) forms.push(base.slice(0, -1));
  if (base.endsWith('ied')) forms.push(`${base.slice(0, -3)}y`);
  for (const ending of ['ed', 'ing', 'er', 'ly', 'or', 'ment', 'ion']) {
    if (!base.endsWith(ending) || base.length - ending.length < 3) continue;
    const stem = base.slice(0, -ending.length);
    forms.push(stem, `${stem}e`);
    if (stem.at(-1) === stem.at(-2)) forms.push(stem.slice(0, -1));
  }
  return forms;
}
