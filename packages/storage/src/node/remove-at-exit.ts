import { unlinkSync } from 'node:fs';

const held = new Set<string>();

/**
 * Removes a lock file when the process ends of itself, and returns the function that ends this. A process that is
 * killed leaves it, and on this host anybody can see that it is dead.
 */
export function removeAtExit(path: string): () => void {
  if (held.size === 0) process.on('exit', removeAll);
  held.add(path);
  return () => {
    held.delete(path);
    if (held.size === 0) process.off('exit', removeAll);
  };
}

function removeAll(): void {
  for (const path of held) {
    try {
      unlinkSync(path);
    } catch {
      // Whoever is next finds its process dead.
    }
  }
}
