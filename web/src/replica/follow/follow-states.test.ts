import { expect, test } from 'vitest';
import { nextState } from '../model/state-table.ts';
import { type FollowEvent, type FollowState, followStates } from './follow-states.ts';

const states = Object.keys(followStates) as FollowState[];

/** Returns the states that the events lead to, one after the other. */
function path(...events: FollowEvent[]): FollowState[] {
  let state: FollowState = 'unfollowed';
  return events.map((event) => {
    state = nextState(followStates, state, event);
    return state;
  });
}

test('followStates: a first load ends current, and each release after it catches up', () => {
  expect(path('followed', 'startedOver', 'caughtUp', 'released', 'caughtUp')).toEqual([
    'behind',
    'behind',
    'current',
    'catchingUp',
    'current',
  ]);
});

test('followStates: other shapes stop waiting for one whose request fails or that is read from its start', () => {
  for (const event of ['requestFailed', 'startedOver', 'refetched'] as const) {
    expect(path('followed', 'released', event, 'caughtUp')).toEqual(['behind', 'catchingUp', 'behind', 'current']);
  }
});

test('followStates: after a batch that cannot be applied nothing from the ended stream counts', () => {
  const late = ['released', 'requestFailed', 'startedOver', 'caughtUp', 'applyFailed'] as const;
  expect(path('followed', 'applyFailed', ...late).slice(1)).toEqual(Array(6).fill('broken'));
  expect(path('followed', 'applyFailed', 'restarted', 'caughtUp').slice(2)).toEqual(['behind', 'current']);
});

test('followStates: nothing from the stream of a dropped shape counts', () => {
  const late = ['released', 'requestFailed', 'startedOver', 'caughtUp', 'applyFailed'] as const;
  expect(path('followed', 'released', 'dropped', ...late).slice(2)).toEqual(Array(6).fill('unfollowed'));
});

test('followStates: a shape can be dropped and refetched in every state that is followed, and then become current', () => {
  for (const state of states.filter((one) => one !== 'unfollowed')) {
    expect(nextState(followStates, state, 'dropped')).toBe('unfollowed');
    expect(nextState(followStates, nextState(followStates, state, 'refetched'), 'caughtUp')).toBe('current');
  }
});

test('followStates: following twice, dropping twice, and a restart without a broken stream are mistakes', () => {
  for (const state of states) {
    if (state !== 'unfollowed') expect(() => nextState(followStates, state, 'followed')).toThrow('cannot occur');
    if (state !== 'broken') expect(() => nextState(followStates, state, 'restarted')).toThrow('cannot occur');
  }
  expect(() => nextState(followStates, 'unfollowed', 'dropped')).toThrow('cannot occur');
  expect(() => nextState(followStates, 'unfollowed', 'refetched')).toThrow('cannot occur');
});
