import type { Alert, Done, Phase } from '../client/job-stream.js';

/** What comes from elsewhere must not steer the terminal. */
export const visible = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');

const timeOf = (at: string) => `${at.slice(11, 19)}Z`;

const because = (...facts: (string | undefined)[]) => facts.filter(Boolean).join(', ');

/** A change of the job in one line. */
export function phaseNote({ at, phase, status, attempt, epoch, workerId, reason, detail }: Phase): string {
  const name = phase === 'done' ? status : phase.replaceAll('_', ' ');
  const place = because(
    epoch > 0 ? `epoch ${epoch}` : undefined,
    attempt > 1 ? `attempt ${attempt}` : undefined,
    workerId,
  );
  const why = because(reason?.replaceAll('_', ' '), detail);
  return visible(`${timeOf(at)}  ${name}${place && ` (${place})`}${why && `: ${why}`}`);
}

/** What a detector noticed, or what became of it, in one line. */
export function alertNote({ at, kind, state, action, epoch, detail }: Alert): string {
  const name = `alert ${state}: ${kind.replaceAll('_', ' ')} at epoch ${epoch}`;
  const consequence = action && action !== 'notify' ? ` (${action})` : '';
  return visible(`${timeOf(at)}  ${name}${consequence}${detail ? `: ${detail}` : ''}`);
}

/** How the job ended, in one line. */
export function endNote({ status, version, error, errorCode }: Done): string {
  const code = errorCode && `(${errorCode})`;
  const why = [error, code].filter(Boolean).join(' ');
  return visible(`The job ended as ${status}${version ? `: version ${version}` : ''}${why && `: ${why}`}`);
}
