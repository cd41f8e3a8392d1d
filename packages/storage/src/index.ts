export type { LockOptions } from './lock-options.ts';
export { memoryStorage } from './memory-storage.ts';
export type { Storage, StorageLock } from './storage.ts';
export { checkStorageName } from './storage-name.ts';
