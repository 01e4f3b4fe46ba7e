import type { DeskStrings } from './desk';
import { base } from './zh/base';
import { places } from './zh/places';
import { grid } from './zh/grid';
import { people } from './zh/people';
import { review } from './zh/review';
import { inspections } from './zh/inspections';
import { reports } from './zh/reports';
import { statistics } from './zh/statistics';
import { training } from './zh/training';
import { applications } from './zh/applications';
import { forms, risks } from './zh/forms';
import { watch } from './zh/watch';

export const zh: DeskStrings = { ...base, ...places, ...people, ...watch, grid, review, inspections, reports, statistics, training, applications, forms, risks };
