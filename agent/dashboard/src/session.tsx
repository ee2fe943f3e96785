/** Who is signed in, and what they may do. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export type Role = 'viewer' | 'operator' | 'admin';

export interface Person {
  login: string;
  display: string;
  role: Role;
  means: string;
  csrf?: string;
}

const ORDER: Role[] = ['viewer', 'operator', 'admin'];

export const PersonContext = createContext<Person | undefined>(undefined);

export function usePerson(): Person {
  return useContext(PersonContext)!;
}

/** Tells whether whoever is signed in has that role, or a higher one. */
export function useMay(role: Role): boolean {
  return ORDER.indexOf(usePerson().role) >= ORDER.indexOf(role);
}
