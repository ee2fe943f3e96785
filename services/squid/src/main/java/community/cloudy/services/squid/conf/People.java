package community.cloudy.services.squid.conf;

import community.cloudy.services.squid.login.Marks;
import community.cloudy.services.squid.settings.GroupName;
import community.cloudy.services.squid.settings.PersonName;
import java.util.List;

/** Some people, as a list of Squid's. */
record People(String name, List<PersonName> logins, List<GroupName> groups) {
  /** How Squid asks for the marks in the answer to a login. */
  static final String NOTE = " note -m=, is_";

  boolean areAll() {
    return logins.isEmpty() && groups.isEmpty();
  }

  /** Writes the list, if it is not everybody; for people, the names stand beside it. */
  void write(Lines lines) {
    for (PersonName login : logins) {
      lines.comment(Marks.login(login.text()) + " is the login " + login.text());
      lines.add("acl " + name + NOTE, new Word(Marks.login(login.text())));
    }
    for (GroupName group : groups) {
      lines.comment(Marks.group(group.text()) + " is the group " + group.text());
      lines.add("acl " + name + NOTE, new Word(Marks.group(group.text())));
    }
  }

  /** Returns what stands in a rule for them. */
  String condition() {
    return areAll() ? "" : " " + name;
  }
}
