import { ApiError } from "./api";
import { texts } from "./texts";
import type { Upload } from "./types";

export interface UploadWish {
  /** One file of music is one melody, not a corpus. */
  asMelody?: boolean;
  /** The share that is on its way. */
  progress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Sends files as a browser gives them; a dropped folder keeps its names in `path`. */
export function upload(files: { file: File; path: string }[], { asMelody = false, progress, signal }: UploadWish = {}): Promise<Upload> {
  const form = new FormData();
  for (const { file, path } of files) form.append("files", file, path);
  // fetch does not tell how much it has sent.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", asMelody ? "api/uploads?as=melody" : "api/uploads");
    request.responseType = "json";
    request.upload.onprogress = event => progress?.(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => request.status === 200 && request.response
      ? resolve(request.response as Upload)
      : reject(new ApiError(request.status, (request.response as { error?: string } | null)?.error ?? texts.refused(request.status)));
    request.onerror = () => reject(new ApiError(0, texts.noServer));
    request.onabort = () => reject(signal!.reason);
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}
