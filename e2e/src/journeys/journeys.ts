/** Ten things that people do in a day, step by step, in any browser. Each leaves the library as it found it, or adds to it. */
import { FACES, SHARP_PROFILES, type World } from './world.ts';

export interface Journey {
  /** In the words of a person. */
  readonly name: string;
  readonly steps: readonly (readonly [step: string, (world: World) => Promise<unknown>])[];
}

const press = (keys: string) => (world: World) => world.driver.press(keys);
const type = (text: string) => (world: World) => world.driver.type(text);
const shown = (text: string) => (world: World) => world.driver.readFact('shown', text);
const selected = (text: string) => (world: World) => world.driver.readFact('selected', text);
const toGrid = ({ driver }: World) => driver.focus('listbox', 'Assets');
const openFaces = (world: World) => world.openFaces();
const allSent = ({ driver }: World) => driver.readFact('unsent', 'All changes sent');
const reviewed = (status: string, expected: number) => (world: World) =>
  world.count(status, () => world.library.sql`SELECT FROM assets WHERE review_status = ${status}`, expected);
const tagged = (tag: string, expected: number) => (world: World) =>
  world.count(`tagged ${tag}`, () => world.library.sql`SELECT FROM asset_tags WHERE tag = ${tag}`, expected);
const cut = async ({ driver, network }: World) => {
  await network.cut();
  await driver.readFact('online', 'Offline');
};
const mend = async ({ driver, network }: World) => {
  await network.mend();
  await driver.readFact('online', 'Online');
};
const tag = (name: string) => async (world: World) => {
  await world.driver.press('t');
  await world.driver.meet('combobox', 'Add a tag to the selected assets');
  await world.driver.type(name);
  await world.driver.press('Enter');
};

export const journeys: readonly Journey[] = [
  {
    name: 'find all sharp profile views that have no review, tag them hero, and undo',
    steps: [
      ['open the delivery', openFaces],
      ['go to the filter', press('/')],
      ['say which', type('yaw:60..90 sharp>200 status:unreviewed ')],
      ['see the six', shown(`${SHARP_PROFILES} of ${FACES}`)],
      ['go to the pictures', toGrid],
      ['select all', press('Control+a')],
      ['see how many', selected(`${SHARP_PROFILES} assets selected`)],
      ['tag them', tag('hero')],
      ['it reaches the server', tagged('hero', SHARP_PROFILES)],
      ['all is sent', allSent],
      ['think again', press('Control+z')],
      ['it is undone on the server', tagged('hero', 0)],
    ],
  },
  {
    name: 'approve a whole delivery, and undo it',
    steps: [
      ['open the delivery', openFaces],
      ['select all', press('Control+a')],
      ['see how many', selected(`${FACES} assets selected`)],
      ['approve', press('a')],
      ['all are approved on the server', reviewed('approved', FACES)],
      ['undo', press('Control+z')],
      ['none is', reviewed('approved', 0)],
    ],
  },
  {
    name: 'reload in a tunnel, filter, tag, and have it sent when the network is back',
    steps: [
      ['open the delivery', openFaces],
      ['the network goes', cut],
      ['reload', ({ driver }) => driver.reload()],
      ['all is there', shown(`${FACES} of ${FACES}`)],
      ['still offline', ({ driver }) => driver.readFact('online', 'Offline')],
      ['go to the filter', press('/')],
      ['name some', type('0010')],
      ['see them', shown(`11 of ${FACES}`)],
      ['go to the pictures', toGrid],
      ['select all', press('Control+a')],
      ['tag them', tag('tunnel')],
      ['it waits', ({ driver }) => driver.readFact('unsent', '1 change to send')],
      ['nothing has reached the server', tagged('tunnel', 0)],
      ['the network is back', mend],
      ['it is sent', tagged('tunnel', 11)],
      ['all is sent', allSent],
    ],
  },
  {
    name: 'go through pictures one by one: reject the first, flag the second',
    steps: [
      ['open the delivery', openFaces],
      ['begin at the first', press('Home')],
      ['reject it', press('r')],
      ['it reaches the server', reviewed('rejected', 1)],
      ['go to the next', press('ArrowRight')],
      ['flag it', press('f')],
      ['it reaches the server', reviewed('flagged', 1)],
      ['take back the flag', press('Control+z')],
      ['none is flagged', reviewed('flagged', 0)],
      ['take back the other', press('Control+z')],
      ['none is rejected', reviewed('rejected', 0)],
    ],
  },
  {
    name: 'jump to a delivery by a few letters of its name',
    steps: [
      ['begin with the projects', (world) => world.open('/projects')],
      ['they are there', ({ driver }) => driver.meet('heading', 'Projects')],
      ['open the palette', press('Control+k')],
      ['it waits for letters', ({ driver }) => driver.meet('combobox', 'Search or jump')],
      ['type some', type('deliv')],
      ['it is offered', ({ driver }) => driver.read('delivery')],
      ['go', press('Enter')],
      ['it opens', ({ driver }) => driver.arrive('/packages/')],
      ['all is there', shown(`${FACES} of ${FACES}`)],
    ],
  },
  {
    name: 'start a project on a train, and find it on the server at home',
    steps: [
      ['begin with the projects', (world) => world.open('/projects')],
      ['they are there', ({ driver }) => driver.meet('heading', 'Projects')],
      ['the copy is ready', ({ driver }) => driver.readFact('replica-progress', 'Up to date')],
      ['the network goes', cut],
      ['begin a new one', press('n')],
      ['it asks for a name', ({ driver }) => driver.meet('textbox', 'Name')],
      ['name it', type('Night shoot')],
      ['create it', press('Enter')],
      ['it opens', ({ driver }) => driver.meet('heading', 'Night shoot')],
      ['the network is back', mend],
      [
        'the server has it',
        (world) => world.count('projects', () => world.library.sql`SELECT FROM projects WHERE name = 'Night shoot'`, 1),
      ],
      ['all is sent', allSent],
    ],
  },
  {
    name: 'keep a filter under a name, and come back to it later',
    steps: [
      ['open the delivery', openFaces],
      ['go to the filter', press('/')],
      ['say which', type('yaw:60..90 ')],
      ['see them', shown(`12 of ${FACES}`)],
      ['go to the pictures', toGrid],
      ['open the saved filters', ({ driver }) => driver.click('button', 'Saved')],
      ['save this one', ({ driver }) => driver.click('button', 'Save this filter…')],
      ['it asks for a name', ({ driver }) => driver.meet('textbox', 'Name')],
      ['name it', type('Profiles')],
      ['save', press('Enter')],
      ['all is sent', allSent],
      ['open the whole delivery', openFaces],
      ['open the saved filters', ({ driver }) => driver.click('button', 'Saved')],
      ['choose it', ({ driver }) => driver.click('link', 'Profiles')],
      ['it lists the same', shown(`12 of ${FACES}`)],
    ],
  },
  {
    name: 'delete some pictures, and take it back',
    steps: [
      ['open the delivery', openFaces],
      ['go to the filter', press('/')],
      ['name some', type('0011')],
      ['see them', shown(`10 of ${FACES}`)],
      ['go to the pictures', toGrid],
      ['select all', press('Control+a')],
      ['see how many', selected('10 assets selected')],
      ['delete them', press('Delete')],
      ['they are gone', shown(`0 of ${FACES - 10}`)],
      [
        'on the server too',
        (world) => world.count('deleted', () => world.library.sql`SELECT FROM assets WHERE deleted_at IS NOT NULL`, 10),
      ],
      ['think again', press('Control+z')],
      ['they are back', shown(`10 of ${FACES}`)],
    ],
  },
  {
    name: 'follow a link to a search, and open what it finds',
    steps: [
      ['open the link', (world) => world.open('/search?q=northlight')],
      ['it finds the project', ({ driver }) => driver.meet('heading', 'Search')],
      ['it is listed', ({ driver }) => driver.read('Northlight')],
      ['the address keeps the words', ({ driver }) => driver.arrive('q=northlight')],
    ],
  },
  {
    name: 'look at the keys of a page, and close them again',
    steps: [
      ['open the delivery', openFaces],
      ['ask for help', press('?')],
      ['it names what works here', ({ driver }) => driver.read('Approve')],
      ['close it', press('Escape')],
      ['the pictures have the keyboard again', press('Control+a')],
      ['see how many', selected(`${FACES} assets selected`)],
    ],
  },
];

/** The three that touch most of the app; `npm test` goes on these, and `npm run test:long` on all. */
export const dailyJourneys: readonly Journey[] = journeys.slice(0, 3);
