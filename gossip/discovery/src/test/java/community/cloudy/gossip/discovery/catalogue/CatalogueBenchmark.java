package community.cloudy.gossip.discovery.catalogue;

import community.cloudy.gossip.discovery.Announcement;
import community.cloudy.gossip.discovery.NodeKey;
import community.cloudy.gossip.serf.simulation.VirtualTime;
import community.cloudy.gossip.serf.transport.Endpoint;
import community.cloudy.gossip.serf.wire.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What announcements cost: signatures, the merge of a whole catalogue, and looking at it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
public class CatalogueBenchmark {
  private static final int NODES = 50;
  private static final Endpoint PEER = new Endpoint(Bytes.wrap(new byte[] {10, 0, 0, 1}), 7946);

  private final TestNode signer = new TestNode("signer");
  private final List<SignedAnnouncement> records = new ArrayList<>();
  private final VirtualTime time = new VirtualTime();
  private Catalogue full;

  /** Signs 10,000 services of 50 nodes. */
  @Setup
  public void sign() {
    for (int n = 0; n < NODES; n++) {
      TestNode node = new TestNode("node" + n);
      for (int i = 0; i < Catalogue.PER_NODE; i++) {
        records.add(node.signed("service" + i, i + 1, TestNode.offer("Service " + i)));
      }
    }
    full = merged();
  }

  private Catalogue merged() {
    Catalogue catalogue = new Catalogue();
    Intake intake =
        new Intake(
            catalogue,
            new Pins(Set.of()),
            new Refusals(),
            new Intake.Surroundings(
                (record, done) -> done.accept(true),
                time,
                node -> true,
                signer.key(),
                own -> {},
                event -> {}));
    for (SignedAnnouncement record : records) {
      intake.take(PEER, record.encoded(), 3600, (taken, seconds) -> {});
    }
    return catalogue;
  }

  @Benchmark
  public SignedAnnouncement signOne() {
    return signer.signed("service", 1, TestNode.offer("Service"));
  }

  @Benchmark
  public boolean verifyOne() {
    return TestNode.isGenuine(records.get(0));
  }

  @Benchmark
  public Announcement decodeOne() throws RecordException {
    return SignedAnnouncement.read(records.get(0).encoded()).announcement();
  }

  /** News that is known already, as most news is. */
  @Benchmark
  public boolean recogniseOne() throws RecordException {
    SignedAnnouncement.Head head = SignedAnnouncement.head(records.get(7).encoded());
    return full.has(head.key(), head.id(), head.sequence());
  }

  @Benchmark
  public Catalogue mergeTenThousandVerified() {
    return merged();
  }

  @Benchmark
  public long digestOfTenThousand() {
    long digest = 0;
    for (SignedAnnouncement record : records) {
      digest ^= Digest.of(record.encoded());
    }
    return digest;
  }

  @Benchmark
  public int summaryOfTenThousand() {
    return new Exchange(full).fetch(keys()).encode().length();
  }

  private Set<NodeKey> keys() {
    return new HashSet<>(full.owners().stream().map(Catalogue.Owner::key).toList());
  }

  @Benchmark
  public int decodeTenThousandForAList() {
    int names = 0;
    for (Catalogue.Owner owner : full.owners()) {
      for (Catalogue.Entry entry : owner.entries()) {
        names += entry.announcement().offer().orElseThrow().name().length();
      }
    }
    return names;
  }
}
