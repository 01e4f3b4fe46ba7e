import { expect, it } from 'vitest';
import { passOf } from './pass';

it.each([
  ['as the code says', 'RW1:NCF $%*+-./:AB 7', 'RW1:NCF $%*+-./:AB 7'],
  ['that a phone shows anew', 'rw2:ncf7', 'RW2:NCF7'],
  ['with spaces before it, and those inside and at its end kept', '  RW1:AB  7C \n', 'RW1:AB  7C '],
  ['behind Caps Lock', 'rw1:ncf7', 'RW1:NCF7'],
  ['behind a Chinese input method', 'RW1：NC：F7', 'RW1:NC:F7'],
  ['cut off after its beginning: the server says what is wrong with it', 'RW1:', 'RW1:'],
])('takes a pass %s', (_, typed, pass) => expect(passOf(typed)).toBe(pass));

it.each(['', 'E1001', '80000001', 'RW1', 'RW10001', 'X RW1:NCF', 'HC1:NCF'])('%j is a number', (typed) => expect(passOf(typed)).toBeNull());
