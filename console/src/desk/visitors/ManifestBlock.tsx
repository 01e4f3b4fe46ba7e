import { Button } from 'antd';
import { useState } from 'react';
import { del, type CoachFile, type Manifest, type PassengerView } from '../../api';
import { useGet } from '../data';
import { GraveDialog } from '../parts/GraveDialog';
import { StateTag, TwoLines } from '../parts/cells';
import { EmptyState, ErrorState, LoadingState } from '../parts/states';
import { useDesk } from '../strings';
import { CheckDialog } from './CheckDialog';
import { ManifestFile } from './ManifestFile';
import './visitors.css';

/** Who sits where, and how each was found. While nobody has signed it, it changes. */
export function ManifestBlock({ coach }: { coach: CoachFile }) {
  const w = useDesk().visitors.coach;
  const [looking, setLooking] = useState<PassengerView | null>(null);
  const [removing, setRemoving] = useState<PassengerView | null>(null);
  const { data, error, refetch } = useGet('/coaches/{id}/passengers', { path: { id: coach.id } });
  const changes = coach.state === 'planned';
  return (
    <>
      {changes ? <ManifestFile coach={coach.id} /> : null}
      <section className="block">
        <h2>{w.manifest}</h2>
        {data ? null : error ? <ErrorState error={error} retry={() => void refetch()} /> : <LoadingState />}
        {data?.passengers.length === 0 ? <EmptyState title={w.manifestNone} text={w.manifestLead} /> : null}
        {data && data.passengers.length > 0 ? (
          <div className="scroll-x">
            <table className="plain-table">
              <thead><tr><th>{w.seat}</th><th>{w.passenger}</th><th>{w.found}</th><th>{w.isAboard}</th>{changes ? <th><span className="sr-only">{w.look}</span></th> : null}</tr></thead>
              <tbody>
                {data.passengers.map((it) => (
                  <tr key={it.id}>
                    <th scope="row">{it.seat}</th>
                    <td><TwoLines first={it.masked_name} second={[it.company, it.tail].filter(Boolean).join(' · ')} /></td>
                    <td><Found it={it} /></td>
                    <td>{it.aboard ? w.isAboard : w.stays}</td>
                    {changes ? (
                      <td className="coach-acts">
                        <Button size="small" aria-label={w.lookTitle(it.seat, it.masked_name)} onClick={() => setLooking(it)}>{w.look}</Button>
                        <Button size="small" danger aria-label={w.removeTitle(it.seat)} onClick={() => setRemoving(it)}>{w.remove}</Button>
                      </td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
      </section>
      {looking ? <CheckDialog coach={coach.id} passenger={looking} onClose={() => setLooking(null)} /> : null}
      {removing ? (
        <GraveDialog<Manifest>
          title={w.removeTitle(removing.seat)} danger needsReason={false} consequence={w.removeConsequence} confirmText={w.remove} invalidates={['coaches']} onDone={() => setRemoving(null)} onClose={() => setRemoving(null)}
          send={(_, idempotencyKey) => del('/coaches/{id}/passengers/{passenger}', { path: { id: coach.id, passenger: removing.id }, idempotencyKey })}
        />
      ) : null}
    </>
  );
}

function Found({ it }: { it: PassengerView }) {
  const w = useDesk().visitors.coach;
  if (it.fit === null) return <StateTag tone="plain">{w.unchecked}</StateTag>;
  if (!it.fit) return <StateTag tone="deny">{w.unfit}</StateTag>;
  return it.allowed ? <StateTag tone="admit">{it.admitted_at ? w.admitted : w.fit}</StateTag> : <StateTag tone="hold">{w.notAllowed}</StateTag>;
}
