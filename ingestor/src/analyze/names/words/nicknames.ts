/** Short names that share no beginning or end of four letters with the given names that they stand for: 'Bob' of 'Robert'. One given name a line. */
export const NICKNAMES = `
robert: bob bobby rob robbie bert
william: bill billy will willy liam
richard: dick rick ricky rich
edward: ed eddie ted teddy ned
james: jim jimmy jamie
john: jack johnny
margaret: maggie meg peggy marge greta rita
elizabeth: liz lizzie beth betty eliza lisa libby
katherine: kate katie kathy kat kit kitty
catherine: kate katie cathy cat
alexander: alex sasha xander sandy lex
alexandra: alex sasha sandra lexi
anthony: tony ant
antonio: tony toni
thomas: tom tommy
michael: mike mick mikey
joseph: joe joey
samuel: sam sammy
samantha: sam sammy
daniel: dan danny
benjamin: ben benny
nicholas: nick nicky nico
christopher: chris kit topher
christina: chris tina chrissy
matthew: matt matty
andrew: andy drew
david: dave davy
stephen: steve stevie
steven: steve stevie
jennifer: jen jenny
jessica: jess jessie
rebecca: becky becca bec
victoria: vicky vic tori
charles: charlie chuck chas
charlotte: charlie lottie
theodore: ted teddy theo
dorothy: dot dottie dolly
frederick: fred freddie
francisco: paco pancho
jose: pepe
ignacio: nacho
guadalupe: lupe
giuseppe: beppe peppe
aleksandra: ola
aleksander: olek
katarzyna: kasia
malgorzata: gosia
jozef: jozek
mateusz: mati
dmitri: dima mitya
mikhail: misha
ekaterina: katya
maria: masha mia
anastasia: nastya
vladimir: vova volodya
aleksandr: sasha
patricia: pat patty trish
patrick: pat paddy
gerald: gerry jerry
gabriel: gabe
gabriela: gabi gaby
raphael: rafe rafa
leonardo: leo
leonard: leo len lenny
jonathan: jon jonny
joshua: josh
timothy: tim timmy
vincent: vince vinny
maximilian: max maxi
sebastian: seb basti
lawrence: larry
harold: harry
henry: harry hank
philip: phil pip
gregory: greg
jeffrey: jeff
zachary: zach zack
isabella: bella izzy
isabel: izzy bel
olivia: liv livvy
penelope: penny nell
eleanor: ellie nora nell
susan: sue susie
suzanne: sue suzy
deborah: deb debbie
kimberly: kim
abigail: abby gail
oluwaseun: seun
chukwuemeka: emeka
srinivas: srini
krishnamurthy: krish
`;
