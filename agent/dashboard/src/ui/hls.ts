/** Plays HLS where the browser itself cannot: turns it into what Media Source Extensions take. */
import Hls from 'hls.js/light';

/** Plays until it is stopped; `failed` hears that it cannot, or can no longer. */
export function play(video: HTMLVideoElement, url: string, failed: () => void): () => void {
  if (!Hls.isSupported()) {
    failed();
    return () => {};
  }
  // A worker would be made of a blob, which the page's policy rightly forbids.
  const hls = new Hls({ enableWorker: false, backBufferLength: 30 });
  hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return;
    if (type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else failed();
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return () => hls.destroy();
}
