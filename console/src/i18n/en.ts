import type { DeskStrings } from './desk';
import { base } from './en/base';
import { people } from './en/people';
import { places } from './en/places';
import { watch } from './en/watch';

export const en: DeskStrings = { ...base, ...places, ...people, ...watch };
