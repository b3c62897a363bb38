import { expect, test } from 'vitest';
import { acceptedBy, parseAutoAccept } from './auto-accept.ts';

const proposal = { confidence: 0.95, type: 'vfx' as const, problems: [] };

test('acceptedBy returns the first rule that matches a folder', () => {
  const rules = parseAutoAccept('project=Night, path=/mnt/nas/night/*; project=Faces,type=vfx,confidence=0.5;');
  expect(acceptedBy(rules, '/mnt/nas/night/day_02', proposal)?.project).toBe('Night');
  expect(acceptedBy(rules, '/mnt/nas/other/day_02', proposal)?.project).toBe('Faces');
  expect(acceptedBy(rules, '/mnt/nas/other/day_02', { ...proposal, type: 'atman' })).toBeNull();
  expect(acceptedBy(rules, '/mnt/nas/night/day_02', { ...proposal, confidence: 0.4 })).toBeNull();
});

test('acceptedBy returns null when the proposal has problems', () => {
  const rules = parseAutoAccept('project=Night,confidence=0');
  expect(acceptedBy(rules, '/mnt/a', { ...proposal, problems: ['A batch was not answered.'] })).toBeNull();
});

test.each(['confidence=0.5', 'project=', 'project=A,kind=vfx', 'project=A,type=advert', 'project=A,path=night/*', 'A'])(
  'parseAutoAccept names the invalid rule “%s”',
  (text) => {
    expect(() => parseAutoAccept(text)).toThrow(/^The rule “.+” of IHUB_AUTO_ACCEPT is not valid; write project=NAME/);
  },
);
