import { persistently } from './persistently.js';

/**
 * Commits something once although answers get lost: after an unknown outcome it reads what is there before it tries
 * again. Null: it may not be committed any more.
 */
export function committed<T>(
  commit: () => Promise<T | null>,
  read: () => Promise<T | null>,
  onTrouble: (reason: string) => void,
): Promise<T | null> {
  return persistently(async (again) => {
    const before = async () => (again ? read() : null);
    // An earlier commit may still be under way: committing waits for it, and only reading once more sees it.
    return (await before()) ?? (await commit()) ?? (await before());
  }, onTrouble);
}
