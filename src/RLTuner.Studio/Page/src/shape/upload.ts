import type { DroppedFile } from "./dropped";
import type { Upload } from "../types";

/** Sends files and tells the share that is on its way; refused ones say why, in the server's words. */
export function upload(files: DroppedFile[], onProgress: (share: number) => void, stop: AbortSignal): Promise<Upload> {
  const form = new FormData();
  for (const { file, path } of files) {
    form.append("files", file, path);
  }
  // fetch does not tell how much it has sent.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/uploads");
    request.responseType = "json";
    request.upload.onprogress = event => onProgress(event.lengthComputable && event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => (request.status >= 200 && request.status < 300 && request.response
      ? resolve(request.response as Upload)
      : reject(new Error((request.response as { error?: string } | null)?.error ?? `${request.status} ${request.statusText}`)));
    request.onerror = () => reject(new Error(""));
    request.onabort = () => reject(new DOMException("", "AbortError"));
    stop.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}
