import { describe, expect, it } from 'vitest';
import { documentProblem, residentIdProblem } from './documents';

describe('resident identity numbers', () => {
  it.each([
    ['11010519491231002X', null],
    ['11010519491231002x', null],
    ['110105194912310021', 'check'],
    ['11010519491331002X', 'date'],
    ['11010519490229002X', 'date'],
    ['1101051949123100', 'length'],
    ['11010519491231A02X', 'form'],
    ['110105491231002', null],
  ])('%s: %s', (number, problem) => {
    expect(residentIdProblem(number)).toBe(problem);
  });

  it('leaves other documents to the server, but for their form', () => {
    expect(documentProblem('passport', 'E12345678')).toBeNull();
    expect(documentProblem('passport', 'E 1')).toBe('permit');
  });
});
