/** Where the page is: a path behind the #, such as #/services/node1/website. */
import { useEffect, useState } from 'preact/hooks';

export interface Place {
  parts: string[];
  query: URLSearchParams;
}

function read(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  return { parts: path.split('/').map(decode).filter(Boolean), query: new URLSearchParams(query) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function usePlace(): Place {
  const [place, set] = useState(read);
  useEffect(() => {
    const changed = () => set(read());
    addEventListener('hashchange', changed);
    // It may have changed since it was first drawn.
    changed();
    return () => removeEventListener('hashchange', changed);
  }, []);
  return place;
}

/** Returns the link to a place whose parts may be values from anywhere. */
export function link(...parts: string[]): string {
  return '#/' + parts.map(encodeURIComponent).join('/');
}

/** Returns what leads from here to another place, unless one has gone elsewhere by then. */
export function onwards(): (...parts: string[]) => void {
  const here = location.hash;
  return (...parts) => {
    if (location.hash === here) location.hash = link(...parts);
  };
}
