/** Names of the example company. Some need more than ASCII, an apostrophe, a hyphen or a space: real ones do. */
export const firstNames: readonly string[] = (
  'Aaron,Abena,Adriana,Agnieszka,Aisha,Alejandro,Amara,Amir,Ana,Andrea,Anika,Anne-Marie,Anton,Aoife,Arjun,Astrid,' +
  'Ayumi,Beatriz,Benjamin,Bogdan,Brigitte,Camille,Carlos,Carmen,Chidi,Chiara,Chloé,Clara,Dagny,Daniel,Daniela,' +
  'David,Deepa,Dmitri,Dorota,Eero,Ekaterina,Elif,Elena,Emeka,Emil,Emma,Enzo,Esther,Ewa,Fatima,Felix,Fiona,' +
  'Florian,Francesca,François,Gabriel,Giulia,Goran,Greta,Hana,Hannah,Haruto,Hassan,Helena,Hiroshi,Hugo,Ibrahim,' +
  'Ines,Ingrid,Isabella,Ivan,Jakub,James,Jana,Javier,Joana,Johan,José,Julia,Kamil,Karin,Kateřina,Keiko,Kenji,' +
  'Kwame,Lars,Laura,Leila,Lena,Liam,Lucía,Łukasz,Maja,Malik,Marco,Maria,Marta,Mateo,Mei,Mia,Michael,Mila,' +
  'Mohammed,Nadia,Naomi,Niamh,Nikolai,Noah,Nora,Nuno,Olga,Oliver,Omar,Oscar,Paolo,Patrícia,Pedro,Petra,Priya,' +
  'Rafael,Rahul,Renée,Ricardo,Rosa,Ruth,Samuel,Sanjay,Sara,Seán,Sofia,Sören,Stefan,Svetlana,Takumi,Tariq,Teresa,' +
  'Thandiwe,Theo,Tomás,Ursula,Valentina,Victor,Viktória,Wei,William,Yara,Yasmin,Yusuf,Zara,Zoë,Zuzana'
).split(',');

export const lastNames: readonly string[] = (
  'Abbott,Abe,Acosta,Adeyemi,Ahmed,Almeida,Andersen,Baker,Balogun,Banerjee,Barbieri,Becker,Bennett,Bergström,' +
  'Bianchi,Björk,Blanc,Braun,Brennan,Brown,Campbell,Carvalho,Castillo,Chen,Clarke,Cohen,Costa,Cruz,Dahl,Das,' +
  "D'Angelo,Davies,de la Cruz,Delgado,Diallo,Dubois,Dvořák,Eriksen,Evans,Farouk,Fernández,Fischer,Fontaine," +
  'Fraser,Fujita,Garcia,Gomez,González,Green,Grünwald,Gupta,Haddad,Hall,Hansen,Hashimoto,Hernandez,Hoffmann,' +
  'Horvat,Hughes,Ibrahim,Ito,Ivanova,Jackson,Jansen,Jensen,Johansson,Jones,Kapoor,Kaya,Keller,Khan,Kim,King,' +
  'Kovács,Kowalski,Kumar,Lambert,Larsen,Lee,Lefèvre,Lindqvist,Lopez,Lund,Macdonald,Marino,Martin,Mbeki,Mehta,' +
  'Mendes,Meyer,Mitchell,Moreau,Morgan,Müller,Murphy,Nakamura,Nguyen,Nielsen,Novák,Nowak,Nwosu,O’Brien,' +
  "O'Connor,Okafor,Olsen,Ortiz,Osei,Park,Patel,Pereira,Petrov,Popescu,Quinn,Rahman,Ramos,Reyes,Ricci,Richter," +
  'Rossi,Roy,Russo,Sánchez,Santos,Sato,Schmidt,Schneider,Sharma,Silva,Singh,Smith-Jones,Sokolov,Soto,Suzuki,' +
  'Szabó,Takahashi,Tan,Taylor,Thompson,Torres,Tremblay,Usman,van den Berg,Vargas,Vega,Virtanen,Walker,Wang,' +
  'Weber,Williams,Wilson,Wójcik,Wong,Wright,Yamamoto,Yılmaz,Young,Zhang,Zimmermann'
).split(',');

/** Letters that Unicode does not take apart into a plain letter and a mark. */
const plainLetters: Record<string, string> = { ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', đ: 'd', ı: 'i' };

/** The part of a name that may stand before the @: `Łukasz` is `lukasz`, `de la Cruz` is `delacruz`. */
export function toAddressPart(name: string): string {
  const plain = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return plain.replace(/[^\x20-\x7e]/g, (letter) => plainLetters[letter] ?? '').replace(/[^a-z-]/g, '');
}
