import { expect, it } from 'vitest';
import { foreignOf } from './text';

it.each([
  ['of the EU', 'HC1:NCF $%*+-./:AB 7', 'HC1:NCF $%*+-./:AB 7'],
  ['with spaces before it, and those inside and at its end kept', '  HC1:AB  7C \r\n', 'HC1:AB  7C '],
  ['behind Caps Lock', 'hc1:ncf7', 'HC1:NCF7'],
  ['behind a Chinese input method', 'ＨC1：NC￥F、7。+　A', 'HC1:NC$F/7.+ A'],
  ['as the digits of a card', 'shc:/567629095243', 'shc:/567629095243'],
  ['as digits behind Caps Lock', 'SHC:/5676\n', 'shc:/5676'],
  ['as digits behind a Chinese input method', 'shc：、５６76 ', 'shc:/5676'],
  ['as a JWS, whose letters keep their size', 'eyJhbGciOiJFUzI1NiJ9.hVJN.aB_-\n', 'eyJhbGciOiJFUzI1NiJ9.hVJN.aB_-'],
  ['cut off after its beginning: the server says what is wrong with it', 'HC1:', 'HC1:'],
])('takes a certificate %s', (_, typed, text) => expect(foreignOf(typed)).toBe(text));

it.each(['', 'E1001', '80000001', 'RW1:NCF', 'RW2:NCF', 'HC1', 'HC10001', 'shc', 'X HC1:NCF', 'EYJ1001', 'EYjHBGCI'])('%j is a pass or a number', (typed) => expect(foreignOf(typed)).toBeNull());
