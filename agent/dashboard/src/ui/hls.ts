/** Plays HLS where the browser itself cannot: turns it into what Media Source Extensions take. */
import Hls from 'hls.js/light';

/** Plays until it is stopped; `failed` hears that it cannot, or that nothing more comes. */
export function play(
  video: HTMLVideoElement,
  url: string,
  failed: (why: 'cannot' | 'late') => void,
): () => void {
  if (!Hls.isSupported()) {
    failed('cannot');
    return () => {};
  }
  // A worker would be made of a blob, which the page's policy rightly forbids.
  const hls = new Hls({ enableWorker: false, backBufferLength: 30 });
  hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return;
    if (type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else failed(type === Hls.ErrorTypes.NETWORK_ERROR ? 'late' : 'cannot');
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return () => hls.destroy();
}
