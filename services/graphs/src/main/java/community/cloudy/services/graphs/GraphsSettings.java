package community.cloudy.services.graphs;

import community.cloudy.services.graphs.settings.CnmlSettings;
import community.cloudy.services.graphs.settings.CommunitySettings;
import community.cloudy.services.graphs.settings.CredentialSettings;
import community.cloudy.services.graphs.settings.CsvSettings;
import community.cloudy.services.graphs.settings.DeviceSettings;
import community.cloudy.services.graphs.settings.PingSettings;
import community.cloudy.services.graphs.settings.SnmpSettings;
import community.cloudy.services.graphs.settings.Sources;
import community.cloudy.services.graphs.snpservices.SnpSettings;
import community.cloudy.services.graphs.store.StoreSettings;
import community.cloudy.services.spi.settings.Setting;
import java.time.Duration;
import java.util.List;

/** What a person can set of the graph server. */
public record GraphsSettings(
    @Setting(
            value = "How often devices are asked, 10s to 300s",
            ca = "Cada quant es consulten els dispositius, de 10s a 300s",
            es = "Cada cuánto se consultan los dispositivos, de 10s a 300s",
            fallback = "300s")
        Duration interval,
    @Setting(
            value = "Devices to watch",
            ca = "Dispositius que es vigilen",
            es = "Dispositivos que se vigilan")
        List<DeviceSettings> devices,
    @Setting(
            value = "The community's own list of devices, in CNML",
            ca = "La llista de dispositius de la comunitat, en CNML",
            es = "La lista de dispositivos de la comunidad, en CNML")
        CnmlSettings cnml,
    @Setting(
            value = "A list of devices as snpservices reads it",
            ca = "Una llista de dispositius com la llegeix snpservices",
            es = "Una lista de dispositivos como la lee snpservices")
        CsvSettings csv,
    @Setting(
            value = "The nodes of the community that gossip knows",
            ca = "Els nodes de la comunitat que coneix el gossip",
            es = "Los nodos de la comunidad que conoce el gossip")
        CommunitySettings community,
    @Setting(
            value = "What devices may be asked with",
            ca = "Amb què es poden consultar els dispositius",
            es = "Con qué se pueden consultar los dispositivos")
        List<CredentialSettings> credentials,
    @Setting(
            value = "How devices are asked by SNMP",
            ca = "Com es consulten els dispositius per SNMP",
            es = "Cómo se consultan los dispositivos por SNMP")
        SnmpSettings snmp,
    @Setting(
            value = "How long devices take to answer",
            ca = "Quant triguen a respondre els dispositius",
            es = "Cuánto tardan en responder los dispositivos")
        PingSettings ping,
    @Setting(
            value = "How measurements are kept",
            ca = "Com es desen les mesures",
            es = "Cómo se guardan las medidas")
        StoreSettings store,
    @Setting(
            value = "Answers to programs that know guifi.net's snpservices",
            ca = "Respostes per a programes que coneixen l'snpservices de guifi.net",
            es = "Respuestas para programas que conocen el snpservices de guifi.net")
        SnpSettings snpservices) {
  private static final int MIN_SECONDS = 10;
  private static final int MAX_SECONDS = 300;

  /** Checks the interval, and that names fit together. */
  public GraphsSettings {
    devices = List.copyOf(devices);
    credentials = List.copyOf(credentials);
    if (interval.toSeconds() < MIN_SECONDS || interval.toSeconds() > MAX_SECONDS) {
      throw new IllegalArgumentException("must have an interval from 10s to 300s");
    }
    var unused = new Sources(devices, cnml, csv, community, credentials);
  }

  Sources sources() {
    return new Sources(devices, cnml, csv, community, credentials);
  }
}
