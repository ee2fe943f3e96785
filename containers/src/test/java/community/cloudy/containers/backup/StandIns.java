package community.cloudy.containers.backup;

import community.cloudy.containers.Dockerd;
import community.cloudy.containers.Exec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * Images that behave as the shipped apps' do, as far as their compose files can tell: the programs
 * those name are there, they answer where health checks ask, and they fill their volumes once.
 */
final class StandIns {
  private static final Map<String, String> PROGRAMS =
      Map.of(
          "stand-in",
          """
          for d in /var/www/html /var/lib/mysql /data /mosquitto/data; do
            test -d $d || continue
            test -e $d/seed && continue
            mkdir -p $d/deep/deeper
            dd if=/dev/urandom of=$d/seed bs=1k count=300 2> /dev/null
            dd if=/dev/urandom of=$d/deep/deeper/more bs=1k count=20 2> /dev/null
            ln -s /etc/passwd $d/deep/out
            ln $d/seed $d/deep/same
            echo secret > "$d/a name with spaces"
            chown -R 33:34 $d/deep
            chown 35:36 $d
            chmod 4750 $d/deep/deeper/more
            chmod 2770 $d
            # Mosquitto's own start gives it all to Mosquitto, at each start.
            test $d != /mosquitto/data || chown -R 1883:1883 $d
          done
          mkdir -p /www
          for f in status.php wp-login.php index.html; do echo ok > /www/$f; done
          # The first program of a container is deaf to signals it does not ask for.
          trap 'kill $!' TERM
          httpd -f -p ${1:-80} -h /www &
          wait
          """,
          "curl",
          "for url; do :; done; exec wget -q -O /dev/null \"$url\"\n",
          "nc",
          "exec wget -q -O /dev/null http://$2:$3/index.html\n",
          "healthcheck.sh",
          "test -e /var/lib/mysql/seed\n",
          "mariadbd",
          "exec stand-in 3306\n",
          "redis-server",
          "exec stand-in 6379\n",
          "redis-cli",
          "exec wget -q -O /dev/null http://127.0.0.1:6379/index.html\n",
          "mosquitto",
          "exec stand-in 1883\n",
          "mosquitto_passwd",
          "exit 0\n");

  private StandIns() {}

  /** Makes one image with all the programs and gives it each of {@code names}. */
  static void load(Dockerd dockerd, Path folder, List<String> names)
      throws IOException, InterruptedException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
      Path file = bin.resolve(program.getKey());
      Files.writeString(file, "#!/bin/sh\n" + program.getValue());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(
        folder.resolve("passwd"), "root:x:0:0::/:/bin/sh\nmosquitto:x:1883:1883::/:/bin/sh\n");
    Files.writeString(folder.resolve("group"), "root:x:0:\nmosquitto:x:1883:\n");
    Files.writeString(
        folder.resolve("Dockerfile"),
        """
        FROM %s
        RUN rm /bin/nc
        COPY bin/ /bin/
        COPY passwd group /etc/
        CMD ["stand-in"]
        """
            .formatted(Dockerd.BUSYBOX));
    Exec.run(
        "env",
        "DOCKER_BUILDKIT=0",
        "/usr/bin/docker",
        "-H",
        dockerd.host(),
        "build",
        "-q",
        "-t",
        "stand-in:1",
        folder.toString());
    for (String name : names) {
      dockerd.docker("tag", "stand-in:1", name);
    }
  }
}
