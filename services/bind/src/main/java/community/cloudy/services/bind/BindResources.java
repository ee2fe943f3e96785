package community.cloudy.services.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import community.cloudy.services.bind.named.Statistics;
import community.cloudy.services.bind.settings.DomainName;
import community.cloudy.services.bind.zone.Zone;
import community.cloudy.services.spi.Access;
import community.cloudy.services.spi.Resource;
import community.cloudy.services.spi.Resource.Answer;
import community.cloudy.services.spi.Resource.Call;
import community.cloudy.services.spi.ServiceException;
import community.cloudy.services.spi.ServiceException.Code;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What the module answers by REST. */
final class BindResources {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAX_RECORDS = 5_000;

  private BindResources() {}

  static List<Resource<Bind>> all() {
    return List.of(
        Resource.get(
            Access.VIEWER,
            "/zones",
            "Lists the zones, and the serials served.",
            BindResources::zones),
        Resource.get(
            Access.VIEWER,
            "/zones/{zone}/records",
            Set.of("contains"),
            "Lists the records of a zone, as served.",
            BindResources::records),
        Resource.get(
            Access.VIEWER,
            "/statistics",
            "Returns what BIND has counted.",
            BindResources::statistics),
        Resource.get(
            Access.VIEWER,
            "/lookup",
            Set.of("name", "type"),
            "Asks BIND for a name, as the community's networks would.",
            BindResources::lookup),
        Resource.change(
            "POST",
            Access.OPERATOR,
            "/import",
            "documents.import",
            "Reads the documents of guifi.net now, and takes them over.",
            BindResources::importNow));
  }

  private static Answer zones(Bind bind, Call call) {
    ArrayNode zones = JSON.arrayNode();
    for (Zone zone : bind.inUse().plan().zones()) {
      ObjectNode json = zones.addObject();
      json.put("name", zone.name().toString(true));
      json.put("type", type(zone));
      json.put("view", zone.view().name().toLowerCase(Locale.ROOT));
      json.put("origin", zone.origin());
      if (!(zone instanceof Zone.Forward)) {
        json.set("serial", serial(bind, zone));
      }
    }
    ObjectNode answer = JSON.objectNode();
    answer.set("zones", zones);
    return Answer.json(answer);
  }

  private static String type(Zone zone) {
    if (zone instanceof Zone.Secondary) {
      return "secondary";
    } else if (zone instanceof Zone.Forward) {
      return "forward";
    }
    return zone instanceof Zone.Dynamic ? "dynamic" : "primary";
  }

  private static JsonNode serial(Bind bind, Zone zone) {
    try {
      return bind.dns()
          .serial(zone.name())
          .<JsonNode>map(JSON::numberNode)
          .orElseGet(JSON::nullNode);
    } catch (IOException e) {
      return JSON.nullNode();
    }
  }

  private static Answer records(Bind bind, Call call) {
    Name zone = name(call.at("zone"));
    String contains = call.query().getOrDefault("contains", "").toLowerCase(Locale.ROOT);
    ObjectNode answer = JSON.objectNode();
    ArrayNode records = answer.putArray("records");
    try {
      List<Record> all = bind.dns().transfer(zone, bind.inUse().keys().transfer());
      List<Record> found =
          all.stream()
              .filter(r -> r.getName().toString().toLowerCase(Locale.ROOT).contains(contains))
              .toList();
      found.stream().limit(MAX_RECORDS).forEach(record -> records.add(json(record)));
      return Answer.json(answer.put("total", found.size()));
    } catch (IOException e) {
      throw unavailable("read the zone " + call.at("zone"), e);
    }
  }

  private static ObjectNode json(Record record) {
    return JSON.objectNode()
        .put("name", record.getName().toString(true))
        .put("type", Type.string(record.getType()))
        .put("ttl", record.getTTL())
        .put("value", record.rdataToString());
  }

  private static Name name(String text) {
    try {
      return new DomainName(text).name();
    } catch (IllegalArgumentException e) {
      throw new ServiceException(Code.INVALID, "A zone " + e.getMessage() + ".", e);
    }
  }

  private static Answer statistics(Bind bind, Call call) {
    try {
      Statistics statistics = Statistics.read(bind.inUse().settings().statisticsPort());
      ObjectNode answer = JSON.objectNode();
      statistics
          .counters()
          .forEach((group, counts) -> counts.forEach(answer.putObject(group)::put));
      statistics.facts().forEach((fact, text) -> answer.put(fact.replace('-', '_'), text));
      return Answer.json(answer);
    } catch (IOException e) {
      throw unavailable("read the statistics", e);
    }
  }

  private static Answer lookup(Bind bind, Call call) {
    String type = call.query().getOrDefault("type", "A").toUpperCase(Locale.ROOT);
    int number = Type.value(type);
    if (number < 0 || number == Type.AXFR || number == Type.IXFR) {
      throw new ServiceException(Code.INVALID, "The type must be like A, AAAA, PTR, SRV or TXT.");
    }
    try {
      Name name = Name.fromString(call.query().getOrDefault("name", ""), Name.root);
      Message message = bind.dns().ask(name, number);
      ObjectNode answer = JSON.objectNode();
      answer.put("name", name.toString(true)).put("type", type);
      answer.put("outcome", Rcode.string(message.getRcode()));
      answer.put("authoritative", message.getHeader().getFlag(Flags.AA));
      ArrayNode records = answer.putArray("records");
      message.getSection(Section.ANSWER).forEach(record -> records.add(json(record)));
      return Answer.json(answer);
    } catch (TextParseException e) {
      throw new ServiceException(
          Code.INVALID, "The name must be a domain name such as attic.cloudy.internal.", e);
    } catch (IOException e) {
      throw unavailable("look the name up", e);
    }
  }

  private static Answer importNow(Bind bind, Call call) {
    return Answer.json(JSON.objectNode().put("zones", bind.importNow()));
  }

  private static ServiceException unavailable(String action, IOException e) {
    return new ServiceException(
        Code.UNAVAILABLE,
        "Could not %s: %s. See whether BIND runs.".formatted(action, e.getMessage()),
        e);
  }
}
