package community.cloudy.services.graphs.watch;

import com.fasterxml.jackson.databind.JsonNode;
import community.cloudy.services.graphs.settings.CnmlSettings;
import community.cloudy.services.graphs.settings.CommunitySettings;
import community.cloudy.services.graphs.settings.CredentialSettings;
import community.cloudy.services.graphs.settings.CsvSettings;
import community.cloudy.services.graphs.settings.DeviceSettings;
import community.cloudy.services.graphs.settings.Sources;
import community.cloudy.services.spi.settings.Setting;
import community.cloudy.services.spi.settings.Settings;
import java.util.List;

/** Sources as a person writes them. */
final class SourcesOf {
  private SourcesOf() {}

  record All(
      @Setting("") List<DeviceSettings> devices,
      @Setting("") CnmlSettings cnml,
      @Setting("") CsvSettings csv,
      @Setting("") CommunitySettings community,
      @Setting("") List<CredentialSettings> credentials) {}

  static Sources json(JsonNode json) {
    All all = Settings.bind(All.class, json);
    return new Sources(all.devices(), all.cnml(), all.csv(), all.community(), all.credentials());
  }
}
