import { texts } from '../i18n';

export const doctor = texts(
  {
    title: 'Doctor',
    lead: 'What is wrong with this node, and what to do about it.',
    again: 'Look again',
    well: 'All checks are well.',
    bundle: 'Support bundle',
    bundleHow:
      'What somebody who helps from afar needs: versions, states and the last messages, without any secret.',
    download: 'Download',
    denied: 'Operators and admins can look at the checks.',
  },
  {
    title: 'Diagnòstic',
    lead: 'Què no va bé en aquest node i què s’hi pot fer.',
    again: 'Torna a mirar',
    well: 'Totes les comprovacions van bé.',
    bundle: 'Paquet d’ajuda',
    bundleHow:
      'El que necessita qui ajuda de lluny: versions, estats i els últims missatges, sense cap secret.',
    download: 'Baixa',
    denied: 'Els operadors i administradors poden veure les comprovacions.',
  },
  {
    title: 'Diagnóstico',
    lead: 'Qué va mal en este nodo y qué se puede hacer.',
    again: 'Mirar otra vez',
    well: 'Todas las comprobaciones van bien.',
    bundle: 'Paquete de ayuda',
    bundleHow:
      'Lo que necesita quien ayuda de lejos: versiones, estados y los últimos mensajes, sin ningún secreto.',
    download: 'Descargar',
    denied: 'Los operadores y administradores pueden ver las comprobaciones.',
  },
);
