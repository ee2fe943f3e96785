package community.cloudy.agent;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/** The architecture: who may use whom. Think about the layering before changing this file. */
@AnalyzeClasses(
    packages = "community.cloudy",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
final class ArchitectureTest {
  /** Leaves out what other modules lend to tests. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String[] CORES = {
    "community.cloudy.gossip.serf.swim..",
    "community.cloudy.gossip.serf.cluster..",
    "community.cloudy.gossip.serf.coordinate..",
    "community.cloudy.gossip.serf.wire..",
    "community.cloudy.gossip.discovery.catalogue..",
    "community.cloudy.gossip.discovery.legacy..",
  };

  @ArchTest
  static final ArchRule serfKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("community.cloudy.gossip.serf..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("community.cloudy..")
                  .and(not(resideInAPackage("community.cloudy.gossip.serf.."))));

  @ArchTest
  static final ArchRule serfIsUsedByItsFaceOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("community.cloudy.gossip.serf..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("community.cloudy.gossip.serf.*..")
                  .and(not(nameMatching(".*\\.serf\\.rpc\\.RpcServer")))
                  .and(not(nameMatching(".*\\.serf\\.coordinate\\.Coordinate")))
                  .and(not(nameMatching(".*\\.serf\\.wire\\.Bytes")))
                  .and(not(nameMatching(".*\\.serf\\.transport\\.Endpoint")))
                  .and(not(nameMatching(".*\\.serf\\.transport\\.Scheduler(\\$Timer)?"))));

  @ArchTest
  static final ArchRule agentIsKnownByNobody =
      noClasses()
          .that()
          .resideOutsideOfPackage("community.cloudy.agent..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("community.cloudy.agent..");

  @ArchTest
  static final ArchRule discoveryKnowsSerfOnly =
      modulesUseOnly("gossip.discovery", "gossip.discovery", "gossip.serf");

  @ArchTest
  static final ArchRule containersStandOnDiscovery =
      modulesUseOnly("containers", "containers", "gossip.discovery", "gossip.serf");

  @ArchTest static final ArchRule authStandsAlone = modulesUseOnly("auth", "auth");

  @ArchTest
  static final ArchRule servicesStandOnContainersAndDiscovery =
      modulesUseOnly("services", "services", "containers", "gossip.discovery", "gossip.serf");

  @ArchTest
  static final ArchRule moduleImplementationsDoNotKnowEachOther =
      slices()
          .matching("community.cloudy.services.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideInAPackage("community.cloudy.services.."),
              resideInAPackage("community.cloudy.services.spi.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheApiSeesJetty =
      noClasses()
          .that()
          .resideOutsideOfPackage("community.cloudy.agent.api..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule onlyContainersSeeDocker =
      noClasses()
          .that()
          .resideOutsideOfPackage("community.cloudy.containers..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.dockerjava..");

  @ArchTest
  static final ArchRule onlyTheAdapterCallsSerf =
      noClasses()
          .that()
          .resideInAPackage("community.cloudy.agent..")
          .and()
          .resideOutsideOfPackage("community.cloudy.agent.community..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("community.cloudy.gossip.serf.Serf");

  @ArchTest
  static final ArchRule theCommandLineKnowsNeitherServerNorGossip =
      noClasses()
          .that()
          .resideInAPackage("community.cloudy.agent.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "community.cloudy.agent",
              "community.cloudy.agent.api..",
              "community.cloudy.agent.community..",
              "community.cloudy.agent.identity..",
              "community.cloudy.gossip..");

  @ArchTest
  static final ArchRule coresTouchNoSocketsOrThreads =
      noClasses()
          .that()
          .resideInAnyPackage(CORES)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..")
                  .or(
                      belongTo(
                          com.tngtech.archunit.core.domain.JavaClass.Predicates.type(Thread.class)))
                  .or(
                      com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(
                          Executor.class)))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule coresAreGivenTimeAndChance =
      noClasses()
          .that()
          .resideInAnyPackage(CORES)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(ThreadLocalRandom.class)
          .allowEmptyShould(true);

  // The faces of Serf, of discovery and of modules put their parts together and own the words they
  // share.
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching("community.cloudy.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(resideInAPackage("community.cloudy.gossip.serf"), alwaysTrue())
          .ignoreDependency(resideInAPackage("community.cloudy.gossip.discovery"), alwaysTrue())
          .ignoreDependency(resideInAPackage("community.cloudy.services.spi"), alwaysTrue());

  @ArchTest
  static final ArchRule nothingIsNamedAfterNothing =
      noClasses()
          .should()
          .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl)")
          .orShould()
          .resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..");

  @ArchTest
  static final ArchRule nobodyAsksForTheLocalHost =
      noClasses().should().callMethod(java.net.InetAddress.class, "getLocalHost");

  private static ArchRule modulesUseOnly(String module, String... used) {
    String[] packages = new String[used.length];
    for (int i = 0; i < used.length; i++) {
      packages[i] = "community.cloudy." + used[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage("community.cloudy." + module + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("community.cloudy..").and(not(resideInAnyPackage(packages))))
        .allowEmptyShould(true);
  }
}
