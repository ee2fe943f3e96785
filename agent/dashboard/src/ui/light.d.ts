/** The light build has no types of its own: it is the whole one without what no channel here has. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}
