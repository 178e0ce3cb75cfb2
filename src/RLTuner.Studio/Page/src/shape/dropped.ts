/** A file with its path below what was dropped or chosen. */
export interface DroppedFile {
  file: File;
  path: string;
}

/** What the server takes at once. */
export const MOST_FILES = 10_000, MOST_BYTES = 256 * 2 ** 20;

/** The files of a drop, folders with all that they hold. Entries must be asked for before the event ends. */
export async function filesOf(transfer: DataTransfer): Promise<DroppedFile[]> {
  const items = [...transfer.items].filter(item => item.kind === "file").map(item => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: DroppedFile[] = [];
  for (const { entry, file } of items) {
    // What another program made up for the drop has no place in a file system.
    if (entry) await walk(entry, found);
    else if (file) found.push({ file, path: file.name });
  }
  return found;
}

/** The files of a chooser; of a folder its own name comes first. */
export const filesOfInput = (input: HTMLInputElement): DroppedFile[] =>
  [...(input.files ?? [])].map(file => ({ file, path: file.webkitRelativePath || file.name }));

async function walk(entry: FileSystemEntry, found: DroppedFile[]): Promise<void> {
  if (found.length >= MOST_FILES) throw new RangeError();
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives its entries in parts, until one is empty.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const child of part) await walk(child, found);
  }
}

/** Gives files to the page as if they had been dropped. */
export function offer(files: DroppedFile[]): void {
  if (files.length > 0) dispatchEvent(new CustomEvent<DroppedFile[]>("studio-files", { detail: files }));
}
