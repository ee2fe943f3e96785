/** The frame around all pages: who is signed in, where one can go, whether the node answers. */
import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useErrorBoundary, useRef, useState } from 'preact/hooks';
import { call, get, onSignedOut, Problem, useCsrf } from './api';
import { app } from './app.lang';
import { choose, LANGUAGES, type Language, language } from './i18n';
import { Jobs } from './jobs';
import { follow, unfollow, useConnected } from './live';
import { Login } from './login';
import { PAGES, type PageEntry } from './pages';
import { link, type Place, usePlace } from './router';
import { type Person, PersonContext } from './session';
import { applyTheme, type Theme, theme } from './theme';
import { Button, Dialogs, Failure, Icon } from './ui';

/** Whether somebody signed in here, so that a browser without a session need not ask who it is. */
const KEY = 'cloudy.signed-in';

type Who = { person?: Person; error?: unknown; known: boolean };

export function App() {
  const [who, setWho] = useState<Who>({ known: false });
  const [, redraw] = useState(0);
  const identify = async () => {
    if (localStorage.getItem(KEY) === null) return setWho({ known: true });
    try {
      enter(await get<Person>('/v1/whoami'));
    } catch (error) {
      if (!(error instanceof Problem && error.status === 401)) {
        setWho({ known: true, error });
        setTimeout(() => void identify(), 3_000);
      }
    }
  };
  const enter = (person: Person) => {
    localStorage.setItem(KEY, 'yes');
    useCsrf(person.csrf ?? '');
    follow();
    setWho({ known: true, person });
  };
  const leave = () => {
    localStorage.removeItem(KEY);
    unfollow();
    setWho({ known: true });
  };
  useEffect(() => {
    onSignedOut(leave);
    void identify();
  }, []);
  const changeLanguage = (language: Language) => {
    choose(language);
    redraw((count) => count + 1);
  };
  return (
    <div key={language()}>
      {!who.known ? (
        <p class="loading alone" role="status">
          Cloudy
        </p>
      ) : who.error ? (
        <Failure error={who.error} retry={() => void identify()} />
      ) : who.person ? (
        <PersonContext.Provider value={who.person}>
          <Frame person={who.person} changeLanguage={changeLanguage} leave={leave} />
        </PersonContext.Provider>
      ) : (
        <Login enter={enter} changeLanguage={changeLanguage} />
      )}
      <Dialogs />
    </div>
  );
}

export function LanguageChoice({ change }: { change: (language: Language) => void }) {
  return (
    <select
      aria-label={app().language}
      value={language()}
      onChange={(event) => change(event.currentTarget.value as Language)}
    >
      {Object.entries(LANGUAGES).map(([tag, name]) => (
        <option value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </select>
  );
}

function ThemeChoice() {
  return (
    <select
      aria-label={app().theme}
      onChange={(event) => applyTheme(event.currentTarget.value as Theme)}
    >
      {(['auto', 'light', 'dark'] as const).map((name) => (
        <option value={name} selected={theme() === name}>
          {app().themes[name]}
        </option>
      ))}
    </select>
  );
}

function Frame({
  person,
  changeLanguage,
  leave,
}: {
  person: Person;
  changeLanguage: (language: Language) => void;
  leave: () => void;
}) {
  const place = usePlace();
  const connected = useConnected();
  const main = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  const name = place.parts[0] ?? 'overview';
  const here = place.parts.join('/');
  const stood = useRef(here);
  /** Leads to the heading of another place as soon as there is one: later, somebody may type. */
  const drawn = () => {
    const heading = main.current?.querySelector<HTMLElement>('h1');
    if (stood.current === here || !heading) return;
    stood.current = here;
    heading.focus({ preventScroll: true });
  };
  useLayoutEffect(() => {
    setOpen(false);
    if (stood.current !== here) scrollTo(0, 0);
    drawn();
  }, [here]);
  const signOut = async () => {
    await call('POST', '/v1/logout', {});
    leave();
  };
  const groups: ['community' | 'node', PageEntry[]][] = [
    ['community', PAGES.filter((page) => page.view === 'community')],
    ['node', PAGES.filter((page) => page.view === 'node')],
  ];
  return (
    <div class="frame">
      <header class="top">
        <a
          class="skip"
          href="#main"
          onClick={(event) => {
            event.preventDefault();
            main.current?.focus();
          }}
        >
          {app().skip}
        </a>
        <button
          type="button"
          class="button quiet menu"
          aria-expanded={open}
          aria-controls="menu"
          onClick={() => setOpen(!open)}
        >
          <Icon name="menu" />
          <span class="unseen">{app().menu}</span>
        </button>
        <a class="brand" href="#/">
          <img src="favicon.svg" alt="" width="28" height="28" />
          Cloudy
        </a>
        <Jobs />
        <span class="who">{person.display || person.login}</span>
        <Button kind="quiet" icon="out" aria-label={app().signOut} onClick={signOut}>
          <span class="wide-only">{app().signOut}</span>
        </Button>
      </header>
      <nav id="menu" class={open ? 'open' : ''} aria-label={app().menu}>
        {groups.map(([view, pages]) => (
          <div>
            <h2>{app().views[view]}</h2>
            <ul>
              {pages.map((page) => (
                <li>
                  <a
                    href={link(...(page.name === 'overview' ? [] : [page.name]))}
                    aria-current={page.name === name ? 'page' : undefined}
                  >
                    <Icon name={page.icon} />
                    {page.title()}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
        <div class="choices">
          <LanguageChoice change={changeLanguage} />
          <ThemeChoice />
        </div>
      </nav>
      <main id="main" ref={main} tabIndex={-1}>
        {!connected && (
          <p class="banner" role="status">
            {app().disconnected}
          </p>
        )}
        <Guard key={name}>
          <Lazy place={place} page={PAGES.find((page) => page.name === name)} drawn={drawn} />
        </Guard>
      </main>
    </div>
  );
}

/** Keeps a page that fails from taking the frame with it. */
function Guard({ children }: { children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary();
  return error ? <Failure error={error} retry={reset} /> : <>{children}</>;
}

interface LazyProps {
  place: Place;
  page: PageEntry | undefined;
  drawn: () => void;
}

interface LazyState {
  page?: PageEntry;
  View?: ComponentType<{ place: Place }>;
  error?: unknown;
}

/** Fetches a page's code when it is first looked at. */
class Lazy extends Component<LazyProps, LazyState> {
  override componentDidMount() {
    this.load();
  }

  override componentDidUpdate() {
    if (this.state.page !== this.props.page) this.load();
    this.props.drawn();
  }

  private load() {
    const page = this.props.page;
    if (!page) return;
    this.setState({ page });
    page.load().then(
      (View) => this.setState({ View }),
      (error: unknown) => this.setState({ error }),
    );
  }

  render() {
    const { View, error } = this.state;
    if (!this.props.page) return <Failure error={app().noPage} />;
    if (error) return <Failure error={app().noCode} retry={() => location.reload()} />;
    return View ? <View place={this.props.place} /> : null;
  }
}
