// SMART Health Cards, made here: somebody who issues them, her trust list, and cards as the digits of a QR code.
import { generateKeyPairSync, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

const KEY_ID = 'k1';
/** A card's characters as two digits each, from the one before `-` on. */
const FIRST_CHAR = 45;

export interface Card { family: string; given: string; birthDate: string; validForS?: number }

export class CardIssuer {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(readonly issuer: string) {}

  /** What an operator imports; one key of it cannot be used. */
  trustList(): string {
    const key = this.keys.publicKey.export({ format: 'jwk' });
    return JSON.stringify({ [this.issuer]: { keys: [{ ...key, kid: KEY_ID, alg: 'ES256', use: 'sig' }, { kid: 'k2', kty: 'RSA' }] } });
  }

  card({ family, given, birthDate, validForS = 3600 }: Card): string {
    const nowS = Math.floor(Date.now() / 1000);
    const patient = { resource: { resourceType: 'Patient', name: [{ family, given: [given] }], birthDate } };
    const payload = {
      iss: this.issuer, nbf: nowS - 60, exp: nowS + validForS,
      vc: {
        type: ['https://smarthealth.cards#health-card', 'https://smarthealth.cards#immunization'],
        credentialSubject: { fhirVersion: '4.0.1', fhirBundle: { resourceType: 'Bundle', type: 'collection', entry: [patient] } },
      },
    };
    const header = base64url(JSON.stringify({ alg: 'ES256', zip: 'DEF', kid: KEY_ID }));
    const signed = `${header}.${deflateRawSync(JSON.stringify(payload)).toString('base64url')}`;
    const signature = sign('sha256', Buffer.from(signed), { key: this.keys.privateKey, dsaEncoding: 'ieee-p1363' });
    return asDigits(`${signed}.${signature.toString('base64url')}`);
  }
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');

function asDigits(jws: string): string {
  return `shc:/${[...jws].map((it) => String(it.charCodeAt(0) - FIRST_CHAR).padStart(2, '0')).join('')}`;
}
