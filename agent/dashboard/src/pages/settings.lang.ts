import { texts } from '../i18n';

export const settings = texts(
  {
    title: 'Settings',
    lead: 'How this node is configured. Secrets are shown as stars.',
    reload: 'Read the files again',
    reloadHow:
      'Modules and the log follow at once; everything else counts after a restart of the agent.',
    reloaded: 'The files are read.',
    where:
      'Settings stand in /etc/cloudy/cloudy.yaml and the files of conf.d beside it. What the dashboard writes are the files conf.d/50-services-….yaml; they hold only what differs.',
    modules: 'Settings of modules are changed on the page of each module.',
    denied: 'Admins can look at the settings.',
    empty: 'not set',
  },
  {
    title: 'Configuració',
    lead: 'Com està configurat aquest node. Els secrets es mostren amb asteriscs.',
    reload: 'Torna a llegir els fitxers',
    reloadHow:
      'Els mòduls i el registre ho segueixen de seguida; la resta val després de reiniciar l’agent.',
    reloaded: 'S’han llegit els fitxers.',
    where:
      'La configuració és a /etc/cloudy/cloudy.yaml i als fitxers de conf.d del costat. El que escriu el tauler són els fitxers conf.d/50-services-….yaml; només hi ha el que és diferent.',
    modules: 'La configuració dels mòduls es canvia a la pàgina de cada mòdul.',
    denied: 'Els administradors poden veure la configuració.',
    empty: 'sense definir',
  },
  {
    title: 'Configuración',
    lead: 'Cómo está configurado este nodo. Los secretos se muestran con asteriscos.',
    reload: 'Volver a leer los ficheros',
    reloadHow:
      'Los módulos y el registro lo siguen enseguida; lo demás vale tras reiniciar el agente.',
    reloaded: 'Se han leído los ficheros.',
    where:
      'La configuración está en /etc/cloudy/cloudy.yaml y en los ficheros de conf.d a su lado. Lo que escribe el panel son los ficheros conf.d/50-services-….yaml; solo contienen lo que es distinto.',
    modules: 'La configuración de los módulos se cambia en la página de cada módulo.',
    denied: 'Los administradores pueden ver la configuración.',
    empty: 'sin definir',
  },
);
