import { texts } from '../i18n';

export const titles = texts<Record<string, string>>(
  {
    clock: 'clock',
    disk: 'disk',
    memory: 'memory',
    gossip: 'gossip',
    ldap: 'LDAP',
    module: 'module',
    config: 'settings',
    permissions: 'secrets',
  },
  {
    clock: 'rellotge',
    disk: 'disc',
    memory: 'memòria',
    gossip: 'gossip',
    ldap: 'LDAP',
    module: 'mòdul',
    config: 'configuració',
    permissions: 'secrets',
  },
  {
    clock: 'reloj',
    disk: 'disco',
    memory: 'memoria',
    gossip: 'gossip',
    ldap: 'LDAP',
    module: 'módulo',
    config: 'configuración',
    permissions: 'secretos',
  },
);
