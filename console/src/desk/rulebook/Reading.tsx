import type { RegimeRule, ReviewRoute, Rulebook } from '../../api';
import { useDesk } from '../strings';
import { titleOf } from '../parts/edit/words';
import type { Part } from './diff';
import { isEverybody } from './rules';
import { useSays } from './useSays';
import { dayWords, groupWords, routePart, type Says } from './words';

/** A rulebook in words anybody can read. */
export function Reading({ book }: { book: Rulebook }) {
  const says = useSays(book);
  const { w, e, lang } = says;
  return (
    <div className="book">
      <section>
        <h3>{w.lists.regimes}</h3>
        {book.regimes.length === 0 ? <p>{w.none.regimes}</p> : (
          <>
            <small>{w.leads.regimes}</small>
            <ol className="book-rules">
              {book.regimes.map((it, at) => <li key={at}><RegimeWords rule={it} says={says} /></li>)}
              {book.regimes.some((it) => isEverybody(it.group)) ? null : <li><b>{w.otherwise}</b><p>{w.regimeSays.approval}</p></li>}
            </ol>
          </>
        )}
      </section>
      <section>
        <h3>{w.lists.routes}</h3>
        <small>{w.leads.routes}</small>
        <ol className="book-rules">{book.routes.map((it, at) => <li key={at}><RouteWords route={it} says={says} /></li>)}</ol>
      </section>
      <div className="book-pair">
        <section>
          <h3>{w.lists.departments}</h3>
          {book.departments.length === 0 ? <p>{w.none.departments}</p> : <ul className="book-names">{book.departments.map((it) => <li key={it.key}>{titleOf(it.name, e, lang)}</li>)}</ul>}
        </section>
        <section>
          <h3>{w.lists.categories}</h3>
          {book.categories.length === 0 ? <p>{w.none.categories}</p> : <ul className="book-names">{book.categories.map((it) => <li key={it.key}>{titleOf(it.name, e, lang)}</li>)}</ul>}
        </section>
      </div>
      <section>
        <h3>{w.lists.days}</h3>
        <p>{w.weekends}</p>
        {(['holidays', 'workdays'] as const).map((list) => (
          <dl className="book-facts" key={list}><dt>{w[list]}</dt><dd>{book[list].length === 0 ? w.none[list] : <ul className="book-names">{book[list].map((it) => <li key={it}>{dayWords(it, lang)}</li>)}</ul>}</dd></dl>
        ))}
      </section>
    </div>
  );
}

export function RegimeWords({ rule, says }: { rule: RegimeRule; says: Says }) {
  const { w, e, lang } = says;
  return (
    <>
      <b>{groupWords(rule.group, says)}</b>
      <p>{w.regimeSays[rule.regime]}</p>
      <dl className="book-facts">
        <dt>{w.underWay}</dt><dd>{w.runningSays[rule.running][rule.regime]}</dd>
        <dt>{w.why}</dt><dd>{titleOf(rule.reason, e, lang)}</dd>
      </dl>
    </>
  );
}

const FACTS: Part[] = ['lead', 'opinions', 'visit', 'reply_hours', 'opinion_hours', 'decision_working_days'];

export function RouteWords({ route, says }: { route: ReviewRoute; says: Says }) {
  const t = useDesk();
  const facts = FACTS.filter((it) => it !== 'opinion_hours' || route.opinions.length > 0);
  return (
    <>
      <b>{titleOf(route.name, says.e, says.lang)}</b>
      <p>{groupWords(route.group, says)}</p>
      <dl className="book-facts">{facts.map((part) => <Fact key={part} name={t.rulebook.parts[part]} value={routePart(part, route, says)} />)}</dl>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return <><dt>{name}</dt><dd>{value}</dd></>;
}
