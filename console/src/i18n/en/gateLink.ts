import type { FacesStrings, GateLinkStrings } from '../gateLink';

export const gateLink: GateLinkStrings = {
  title: 'Link', lead: 'Run the command below on the gate\u2019s own machine. The code is good for an hour, once; what was linked before ends with it.', link: 'Make a code', again: 'Link anew',
  command: 'To be run at the gate', none: 'Not linked yet.', since: 'Linked', asked: 'Last asked for its list', clock: 'Clock ahead by', waiting: 'Records waiting', cameras: 'Cameras (live / all)',
  disk: 'Disk left', doorFault: 'The door does not open', thermalFault: 'No temperatures', thermalOffset: 'Temperature offset', learnt: (by, pairs, at) => `${by < 0 ? '−' : '+'}${Math.abs(by).toFixed(2)} °C (${pairs} pairs, ${at})`, version: 'Version', revoke: 'Revoke', revokeTitle: (serial) => `Revoke the gate ${serial}`,
  revokeConsequence: 'It gets no list and sends no records any more, and wipes what it holds when it next hears from us. For a gate that was lost or is taken down.', revoked: (at) => `Revoked ${at}.`,
};

export const faces: FacesStrings = {
  button: 'Face', title: (name) => `The face of ${name}`, lead: 'Enrolled once, with her consent, gates of our own know her. The picture is looked at and forgotten; what is kept is sealed numbers that are no picture.',
  unavailable: 'No face models are installed', unavailableHint: 'An administrator has to install them. Badges and passes work without.', noConsent: 'She has not consented', noConsentHint: 'Ask for her consent under Consents, or let her consent on her own phone. Without it she comes in by badge or pass.',
  none: 'Not enrolled yet.', enrolled: (at, by) => `Enrolled ${at} (${by})`, byPhone: 'her own phone', how: 'Facing the camera, without a mask, in even light, and nobody else in the picture.', take: 'Take a picture', again: 'Enrol anew',
  remove: 'Remove', removeTitle: 'Remove this face?', removeConsequence: 'Within seconds gates know her no more; she comes in by badge or pass.', done: 'Enrolled', removed: 'Removed',
};
