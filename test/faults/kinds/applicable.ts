import type { Backend } from '../settings.js';
import { faketimeLibrary } from './clock.js';
import { FAULT_KINDS } from './index.js';
import type { FaultKind, Need } from './kind.js';

/** Why a need is not met here. */
const LACKS: Record<Need, string> = {
  faketime: 'faketime is not installed',
  mount: 'no file system can be mounted (it takes root)',
};

/**
 * The kinds that make sense for the backend, or those of them that were asked for by a part of their name. Those that
 * this machine cannot bring about are dropped; with CI=true that is an error.
 */
export function applicableKinds(backend: Backend, mounted: boolean, only: readonly string[]) {
  const met: Record<Need, boolean> = { faketime: faketimeLibrary() !== undefined, mount: mounted };
  const wanted = FAULT_KINDS.filter(
    (kind) =>
      (kind.backend ?? backend) === backend && (only.length === 0 || only.some((part) => kind.name.includes(part))),
  );
  const lacking = ({ needs = [] }: FaultKind) => needs.find((need) => !met[need]);
  const dropped = wanted.filter(lacking).map((kind) => `${kind.name}: ${LACKS[lacking(kind)!]}`);
  for (const line of dropped) console.log(`left out: ${line}`);
  if (dropped.length > 0 && process.env.CI === 'true') throw new Error('CI=true: every kind of fault has to strike');
  return { kinds: wanted.filter((kind) => !lacking(kind)), dropped };
}
