/** Words that order recordings in time: a number or letter follows or precedes most of them. */
import type { WordList } from './word-list.ts';

export const DAY: WordList = {
  en: `day days dy shootday shootingday date dates week weeks morning afternoon evening night nights noon am pm dusk dawn today yesterday`,
  fr: `jour jours journee semaine matin soir nuit apresmidi aube`,
  de: `tag tage drehtag drehtage woche morgen abend nacht vormittag nachmittag datum dt`,
  es: `dia dias jornada jornadas semana noche tarde manana fecha`,
  it: `giorno giorni giornata settimana mattina sera notte pomeriggio gg`,
  pt: `dia dias diaria diarias semana noite tarde manha`,
  ja: `nichi nichime kyou yoru shoniti shonichi`,
  other: `日目 日 第 天 日程 일차 일 날 день дни смена ночь`,
  nl: `dag dagen draaidag ochtend avond nacht`,
  pl: `dzien dni rano wieczor`,
  cs: `dny vecer`,
  sv: `dag dagar dager dage kvall natt`,
  hu: `nap napok`,
  tr: `gun gunler gunu sabah aksam gece`,
  vi: `ngay`,
  id: `pagi malam`,
  ro: `zile ziua seara noapte`,
};

export const MONTHS: WordList = {
  en: `january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    spring summer autumn fall winter`,
  fr: `janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi
    jeudi vendredi samedi dimanche printemps ete automne hiver`,
  de: `januar februar maerz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag
    sonntag fruehling sommer herbst winter`,
  es: `enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes
    miercoles jueves viernes sabado domingo primavera verano otono invierno`,
  it: `gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre lunedi martedi
    mercoledi giovedi venerdi sabato domenica estate autunno inverno`,
  pt: `janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro segunda terca quarta
    quinta sexta domingo outono`,
  ja: `getsu gatsu getsuyo kayo suiyo mokuyo kinyo doyo nichiyo`,
  other: `月 월 января февраля марта апреля мая июня июля августа сентября октября ноября декабря`,
};

/** Takes, scenes and other numbered parts of a shoot. */
export const COUNTED: WordList = {
  en: `take takes tk tke t tak session sessions sess ses sesh unit units u scene scenes sc scn s slate slates sl setup
    setups shot shots sh shoot shoots roll rolls rl reel reels r clip clips cl part parts pt p version versions ver v vers rev
    revision revisions rv block blocks series episode episodes ep eps e act acts batch batches set sets group groups
    grp pass passes round rounds run runs number num nr no nos item items id ids idx file files page pages level phase stage stages
    studio studios stg vol volume chapter chapters section sections seq sequence sequences question questions q line lines cue
    cues try attempt look looks outfit pickup pickups pu retake retakes redo rehearsal rehearsals reh trial trials range first second third fourth last song songs
    1st 2nd 3rd 4th 5th one two three four five six seven eight nine ten zero half`,
  fr: `prise prises seance seances unite scene scenes plan plans bobine bobines partie parties plateau plateaux numero
    premiere premier deuxieme troisieme seconde dernier derniere une deux trois quatre cinq essai essais`,
  de: `klappe klappen einstellung einstellungen sitzung sitzungen szene szenen rolle rollen teil teile einheit block
    erste zweite dritte eins zwei drei vier fuenf versuch versuche studio buehne nummer probe proben folge folgen`,
  es: `toma tomas sesion sesiones unidad escena escenas plano planos rollo rollos parte partes claqueta plato set
    primera segunda tercera primero segundo tercero uno dos tres cuatro cinco numero ensayo ensayos bloque capitulo`,
  it: `ciak ripresa riprese sessione sessioni unita scena scene inquadratura inquadrature rullo rulli parte parti
    prima seconda terza primo secondo terzo uno due tre quattro cinque numero prova prove blocco puntata`,
  pt: `tomada tomadas sessao sessoes unidade cena cenas plano planos rolo rolos parte partes estudio primeira
    segunda terceira um dois tres quatro cinco ensaio ensaios numero bloco claquete`,
  ja: `teiku katto kaime banme honban`,
  other: `テイク シーン カット 本番 本 回 号 巻 部 スタジオ 场 镜 条 次 卷 场次 镜次 第 씬 테이크 컷 회차 회 스튜디오 сцена кадр дубль дубли
    часть смена блок студия павильон проба`,
  nl: `opname scene deel`,
  pl: `ujecie ujecia scena sceny czesc plan`,
  cs: `zaber zabery scena sceny`,
  sv: `tagning tagningar scen scener opptak kohtaus`,
  hu: `felvetel jelenet resz`,
  tr: `plan sahne bolum cekim tekrar`,
  id: `adegan bagian`,
  ro: `cadru scena dubla`,
};
