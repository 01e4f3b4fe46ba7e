// Her file as a sheet of paper: the words are these pages', the letters are set by the server.
import type { MyExport, PaperSheet } from '../api';
import type { CommonStrings } from '../i18n/common';
import type { Lang } from '../i18n/lang';
import { address } from '../shared/address';
import { day, fullTime, temperature } from '../shared/format';
import { sentence } from './facts';
import { actor, actWords } from './looks';
import { summary } from './declared';
import type { PhoneWords } from './words';

export function sheetOf(it: MyExport, t: PhoneWords, words: CommonStrings, lang: Lang): PaperSheet {
  const { file } = it;
  const identity: [string, string | null][] = [
    [t.file.name, file.name], [words.documentKind[file.document_kind], file.document_number], [t.file.birth, file.birth_date], [t.file.phone, file.phone],
    [t.status.title, `${words.allowed[file.status.allowed]}${words.gap}${file.status.reasons.map((reason) => words.statusReason[reason.code]).join(words.gap)}`],
    [t.file.since, day(file.created_at, lang)],
  ];
  const work: [string, string][] = file.employments.map((job) => [
    `${day(job.from, lang)}${job.until ? ` – ${day(job.until, lang)}` : ''}`, [job.site_name, job.employer_name ?? job.enterprise_name, job.employee_no, job.team, job.post].filter(Boolean).join(words.gap),
  ]);
  const legs = (declared: MyExport['declarations'][number]) => declared.answers.legs.map((leg) => `${words.legKind[leg.kind]} ${leg.number} ${leg.on} ${leg.from} → ${leg.to}`);
  const sections: PaperSheet['sections'] = [
    { heading: t.file.identity, rows: identity.filter((row): row is [string, string] => Boolean(row[1])) },
    { heading: t.file.work, rows: work },
    { heading: t.homes.title, rows: it.homes.map((home) => [`${day(home.from, lang)}${home.until ? ` – ${day(home.until, lang)}` : ''}`, [words.homeKind[home.kind], home.area_name, address(home, words)].join(words.gap)]) },
    { heading: t.declare.all, rows: it.declarations.map((declared) => [fullTime(declared.declared_at), [summary(declared.answers, t, words), ...legs(declared)].join(words.gap)]) },
    { heading: t.measure.title, rows: it.temperatures.map((taken) => [fullTime(taken.taken_at), temperature(taken.temperature_c)]) },
    { heading: t.timeline.title, rows: it.facts.map((fact) => [fullTime(fact.occurred_at), [words.factKind[fact.kind], fact.site_name, sentence(fact, t, words)].filter(Boolean).join(words.gap)]) },
    { heading: t.mine.corrections, rows: it.corrections.map((asked) => [fullTime(asked.created_at), [words.correctionField[asked.field], asked.wanted, words.correctionState[asked.state], asked.answer].filter(Boolean).join(words.gap)]) },
    { heading: t.appeals.title, rows: it.appeals.map((asked) => [fullTime(asked.created_at), [asked.words.replaceAll('\n', ' '), t.appeals.states[asked.state], asked.answer?.replaceAll('\n', ' ')].filter(Boolean).join(words.gap)]) },
    { heading: t.consents.title, rows: it.consents.map((said) => [fullTime(said.decided_at), [words.consentPurpose[said.purpose], words.consentState[said.state], words.consentChannel[said.channel], t.consents.version(said.text_version, said.text_digest)].join(words.gap)]) },
    { heading: t.training.certificates, rows: it.certificates.map((earned) => [`${day(earned.issued_at, lang)} – ${day(earned.expires_at, lang)}`, earned.title]) },
    { heading: t.looks.title, rows: it.accesses.map((look) => [fullTime(look.at), [`${actor(look, t, words)} ${actWords(look, t)}`, look.note].filter(Boolean).join(words.gap)]) },
  ];
  return { title: t.file.title, note: t.mine.paperNote(fullTime(it.exported_at)), sections: sections.filter((section) => section.rows.length > 0) };
}
