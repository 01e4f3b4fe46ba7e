import type { DeskStrings } from './desk';
import { base } from './zh/base';
import { places } from './zh/places';
import { grid } from './zh/grid';
import { people } from './zh/people';
import { review } from './zh/review';
import { inspections } from './zh/inspections';
import { projects } from './zh/projects';
import { reports } from './zh/reports';
import { training } from './zh/training';
import { applications } from './zh/applications';
import { editing } from './zh/editing';
import { forms, risks } from './zh/forms';
import { rulebook } from './zh/rulebook';
import { checklists } from './zh/checklists';
import { watch } from './zh/watch';
import { shiftPlan } from './zh/shifts';

export const zh: DeskStrings = { ...base, ...places, ...people, ...watch, grid, review, inspections, projects, reports, training, applications, editing, forms, risks, rulebook, checklists, shiftPlan };
