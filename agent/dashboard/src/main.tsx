import { render } from 'preact';
import { App } from './app';
import { language, speak } from './i18n';
import { applyTheme } from './theme';

speak(language());
applyTheme();
render(<App />, document.getElementById('app')!);
