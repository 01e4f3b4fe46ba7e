import { expect, it } from 'vitest';
import { fromBase45, toBase45 } from './base45';

const said = (text: string) => {
  const bytes = fromBase45(text);
  return bytes && new TextDecoder().decode(bytes);
};

// RFC 9285, 4.3 and 4.4.
it.each([['BB8', 'AB'], ['%69 VD92EX0', 'Hello!!'], ['UJCLQE7W581', 'base-45'], ['QED8WEX0', 'ietf!'], ['', '']])('%j is %j', (text, plain) => expect(said(text)).toBe(plain));

it('takes the largest pair and the largest single', () => {
  expect([...(fromBase45('FGW') ?? [])]).toEqual([255, 255]);
  expect([...(fromBase45('U5') ?? [])]).toEqual([255]);
});

it.each([['a pair over 65,535', 'GGW'], ['a single over 255', 'V5'], ['one character left over', 'BB8A'], ['small letters', 'bb8'], ['a line end', 'BB8\n'], ['full-width', 'ＢB8'], ['beyond sixteen bits', '😀8']])(
  'refuses %s', (_, text) => expect(fromBase45(text)).toBeNull());

it.each([[[]], [[0]], [[255]], [[1, 2, 3]], [[255, 255, 0, 7]]])('%j is read as it was written', (bytes) => {
  expect([...(fromBase45(toBase45(new Uint8Array(bytes))) ?? [])]).toEqual(bytes);
});
