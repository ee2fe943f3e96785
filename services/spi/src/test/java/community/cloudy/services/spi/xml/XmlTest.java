package community.cloudy.services.spi.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import community.cloudy.services.spi.ServiceException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class XmlTest {
  private static final Xml.Limits LIMITS = new Xml.Limits(5, 100, 10_000, 200);

  private static List<String> names(String document) {
    return names(document, StandardCharsets.UTF_8);
  }

  private static List<String> names(String document, Charset charset) {
    List<String> names = new ArrayList<>();
    byte[] bytes = document.getBytes(charset);
    Xml.read("it", new ByteArrayInputStream(bytes), LIMITS, element -> names.add(element.name()));
    return names;
  }

  @Test
  void refusesTypesAndEntities() {
    for (String document :
        List.of(
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x y='&e;'/>",
            "<!DOCTYPE l [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>",
            "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/x.dtd'><x/>",
            "<x>&unknown;</x>")) {
      assertThatThrownBy(() -> names(document)).as(document).isInstanceOf(ServiceException.class);
    }
  }

  @Test
  void refusesWhatIsTooDeepOrTooMuch() {
    assertThat(names("<a>".repeat(5) + "</a>".repeat(5))).hasSize(5);
    for (String document :
        List.of(
            "<a>".repeat(6) + "</a>".repeat(6),
            "<r>" + "<a/>".repeat(100) + "</r>",
            "<r>" + " ".repeat(150).repeat(1).concat("<a/>").repeat(70) + "</r>")) {
      assertThatThrownBy(() -> names(document)).isInstanceOf(ServiceException.class);
    }
  }

  @Test
  void refusesPiecesThatAreTooLongWhateverTheyHold() {
    for (String document :
        List.of(
            "<a b='" + ">".repeat(300) + "'/>",
            "<a>" + "x".repeat(300) + "</a>",
            "<a><!--" + "<b>".repeat(100) + "--></a>",
            "<a><!--" + "> -> <b ".repeat(50) + "--></a>",
            "<a><![CDATA[" + "<b>".repeat(100) + "]]></a>",
            "<?p " + "x".repeat(300) + "?><a/>")) {
      assertThatThrownBy(() -> names(document))
          .as(document)
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("too long");
    }
  }

  @Test
  void readsManyPiecesThatAreShort() {
    String document = "<a><!-- " + "x".repeat(100) + "---></a>".replace("--->", "-->");
    assertThat(names(document)).containsExactly("a");
    assertThat(names("<r>" + "<!-- <b> ] -->".repeat(80) + "<c><![CDATA[<d>]]]></c></r>"))
        .containsExactly("r", "c");
  }

  @Test
  void readsOtherEncodings() {
    String document = "<?xml version='1.0' encoding='UTF-16'?><r>" + "<à/>".repeat(60) + "</r>";
    assertThat(names(document, StandardCharsets.UTF_16)).hasSize(61);
  }
}
