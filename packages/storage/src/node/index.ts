export type { FolderFile, FolderFileSystem } from './folder-file-system.ts';
export { type FolderStorageOptions, folderStorage } from './folder-storage.ts';
