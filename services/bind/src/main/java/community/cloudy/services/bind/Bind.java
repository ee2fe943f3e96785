package community.cloudy.services.bind;

import community.cloudy.gossip.discovery.Health;
import community.cloudy.services.bind.Configuration.InUse;
import community.cloudy.services.bind.guifi.Documents;
import community.cloudy.services.bind.named.ConfigFiles.Numbered;
import community.cloudy.services.bind.named.Dns;
import community.cloudy.services.bind.named.Programs;
import community.cloudy.services.bind.named.Rndc;
import community.cloudy.services.bind.settings.BindSettings;
import community.cloudy.services.spi.ModuleContext;
import community.cloudy.services.spi.RunMode;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceInstance;
import community.cloudy.services.spi.Status;
import community.cloudy.services.spi.Workload;
import community.cloudy.services.spi.render.Rights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * BIND at work. What changes the configuration is done by one at a time; the status may be asked
 * for meanwhile.
 */
final class Bind implements ServiceInstance<BindSettings> {
  private static final Logger log = LoggerFactory.getLogger(Bind.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int RETRY = 30;

  private final ModuleContext context;
  private final Configuration configuration;
  private final Account account;
  private final Importing importing;
  private final List<ModuleContext.Cancellable> repeated = new ArrayList<>();
  private final Workload workload;
  private volatile InUse inUse;
  private volatile Optional<CatalogueSync> catalogue = Optional.empty();
  private volatile Optional<String> refused = Optional.empty();
  private OptionalLong pid = OptionalLong.empty();
  private int failures;

  private Bind(BindSettings settings, ModuleContext context) {
    this.context = context;
    account = Account.of(settings);
    importing = new Importing(context);
    configuration = new Configuration(settings, context, new Rights(account.user()));
    inUse = configuration.inUse();
    workload =
        context.mode() == RunMode.EXTERNAL
            ? context.external(this::look)
            : context.process(
                account.spec(
                    settings.program(), configuration.main(), configuration.layout().state()),
                this::look);
  }

  /** Brings BIND up, or goes on with the one that runs. */
  static Bind start(BindSettings settings, ModuleContext context) {
    if (context.mode() == RunMode.PROCESS) {
      new Programs(settings.program()).present();
    }
    Bind bind = new Bind(settings, context);
    try {
      bind.begin(settings);
      return bind;
    } catch (ServiceException e) {
      bind.close();
      throw e;
    }
  }

  private void begin(BindSettings settings) {
    if (context.mode() == RunMode.PROCESS) {
      Rndc rndc = rndc();
      Optional<Configuration.Live> live =
          rndc.answers() ? Optional.of(new Running(rndc)) : Optional.empty();
      if (live.isEmpty()) {
        Ports.check(settings, Optional.empty());
      }
      live.ifPresent(running -> workload.start());
      applyOrRunOn(settings, live);
    }
    workload.start();
    refreshCatalogue();
    repeated.add(context.every(Duration.ofSeconds(1), this::tick));
    repeated.add(context.every(settings.guifi().every(), this::importNowAndThen));
  }

  /** Files that named has worked with are not given up because of settings that it cannot use. */
  private void applyOrRunOn(BindSettings settings, Optional<Configuration.Live> live) {
    try {
      configuration.apply(settings, inUse.documents(), live);
      inUse = configuration.inUse();
    } catch (ServiceException e) {
      refused = Optional.ofNullable(e.getMessage());
      if (!configuration.hasFiles()) {
        throw e;
      }
      log.warn("BIND runs on with its former settings: {}", e.getMessage());
    }
  }

  private Rndc rndc() {
    BindSettings used = inUse.settings();
    return new Rndc(
        new Programs(used.program()),
        used.controlPort(),
        configuration.layout().keys().resolve("control.key"));
  }

  private static Dns dns(InUse used) {
    return new Dns(used.settings().port(), used.keys().update());
  }

  /** Returns who answers our questions. */
  Dns dns() {
    return dns(inUse);
  }

  private Named named(InUse used) {
    boolean isForeign = context.mode() == RunMode.EXTERNAL;
    return new Named(isForeign, used.settings().port(), dns(used));
  }

  private Health look() {
    List<String> lines = workload.log(100);
    return named(inUse).look(lines);
  }

  /** A change of a named that runs. */
  private final class Running implements Configuration.Live {
    private final Rndc rndc;

    Running(Rndc rndc) {
      this.rndc = rndc;
    }

    @Override
    public void reload() {
      rndc.reload();
    }

    @Override
    public void verify(InUse next, List<Numbered> zones) {
      InUse before = inUse;
      inUse = next;
      try {
        workload.awaitReady(PATIENCE);
        named(next).await(zones, context.clock());
      } catch (ServiceException e) {
        inUse = before;
        throw e;
      }
    }
  }

  @Override
  public synchronized void reload(BindSettings settings) {
    if (!Account.of(settings).equals(account)
        || !settings.program().equals(inUse.settings().program())) {
      throw new ServiceException(
          ServiceException.Code.CONFLICT,
          "Could not change program or user of a BIND that runs. Stop the module, and start it.");
    }
    apply(settings, inUse.documents());
  }

  private void apply(BindSettings settings, Documents documents) {
    BindSettings before = inUse.settings();
    try {
      if (context.mode() == RunMode.PROCESS) {
        Ports.check(settings, Optional.of(inUse.settings()));
        Optional<Configuration.Live> live = running();
        boolean changed = configuration.apply(settings, documents, live);
        if (changed && live.isEmpty() && workload.state().pid().isPresent()) {
          workload.restart();
        }
      }
      inUse = configuration.inUse();
      refused = Optional.empty();
      if (!settings.equals(before)) {
        refreshCatalogue();
      }
    } catch (ServiceException e) {
      refused = Optional.ofNullable(e.getMessage());
      throw e;
    } finally {
      context.changed();
    }
  }

  /** Returns named if it runs; one that does not will read the new files when it starts. */
  private Optional<Configuration.Live> running() {
    Rndc rndc = rndc();
    if (workload.state().phase() == Workload.Phase.STARTING) {
      awaitStart();
    }
    if (rndc.answers()) {
      return Optional.of(new Running(rndc));
    }
    if (workload.state().phase() == Workload.Phase.RUNNING) {
      throw new ServiceException(
          ServiceException.Code.UNAVAILABLE,
          "Could not change the settings: BIND does not listen to rndc on port %d. Restart it."
              .formatted(inUse.settings().controlPort()));
    }
    return Optional.empty();
  }

  private void awaitStart() {
    try {
      workload.awaitReady(PATIENCE);
    } catch (ServiceException e) {
      log.debug("BIND does not come up: {}", e.getMessage());
    }
  }

  private void refreshCatalogue() {
    catalogue.ifPresent(CatalogueSync::close);
    BindSettings settings = inUse.settings();
    catalogue =
        settings.catalogue().enabled()
            ? Optional.of(
                new CatalogueSync(
                    context,
                    settings.catalogue().zone().name(),
                    settings.catalogue().ttl(),
                    dns(),
                    inUse.keys()))
            : Optional.empty();
  }

  private void tick() {
    Workload.State state = workload.state();
    if (state.health().state() != Health.State.OK) {
      if (++failures % RETRY == 0 && state.phase() == Workload.Phase.STARTING) {
        lookForAddresses();
      }
      return;
    }
    failures = 0;
    if (!state.pid().equals(pid)) {
      pid = state.pid();
      catalogue.ifPresent(CatalogueSync::doubt);
    }
    catalogue.ifPresent(CatalogueSync::tick);
  }

  /** An address that somebody else had is used once it is free. */
  private void lookForAddresses() {
    try {
      rndc().scan();
    } catch (ServiceException e) {
      log.debug("BIND does not look for addresses: {}", e.getMessage());
    }
  }

  private void importNowAndThen() {
    try {
      importNow();
    } catch (ServiceException e) {
      log.warn("Documents not taken over: {}", e.getMessage());
    }
  }

  /**
   * Reads the documents of the settings' sources and takes them over, all or none.
   *
   * @return how many zones come of them
   * @throws ServiceException with the reason if they are not
   */
  int importNow() {
    return importing.now(inUse.settings().guifi(), this::takeOver);
  }

  private synchronized void takeOver(Documents fetched) {
    if (!fetched.isSameAs(inUse.documents())) {
      apply(inUse.settings(), fetched);
    }
  }

  /** Returns what counts now. */
  InUse inUse() {
    return inUse;
  }

  @Override
  public Status status() {
    return new BindStatus(
            context,
            inUse,
            workload.state(),
            catalogue.map(CatalogueSync::seen),
            refused,
            importing.outcome())
        .status();
  }

  @Override
  public List<String> log(int lines) {
    return workload.log(lines);
  }

  @Override
  public void stop() {
    quiet();
    workload.stop();
  }

  @Override
  public void close() {
    quiet();
    workload.close();
  }

  private void quiet() {
    repeated.forEach(ModuleContext.Cancellable::close);
    repeated.clear();
    catalogue.ifPresent(CatalogueSync::close);
  }
}
