package community.cloudy.services.graphs.picture;

/** The words in pictures. */
public enum Language {
  /** English. */
  EN(
      "Mon Tue Wed Thu Fri Sat Sun",
      "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
      "now|mean|max|total|received|sent|answer|loss|best to worst|95th percentile|no data|"
          + "signal|stations|and %d more"),
  /** Catalan. */
  CA(
      "dl dt dc dj dv ds dg",
      "gen febr març abr maig juny jul ag set oct nov des",
      "ara|mitjana|màx.|total|rebut|enviat|resposta|pèrdua|millor a pitjor|percentil 95|"
          + "sense dades|senyal|estacions|i %d més"),
  /** Spanish. */
  ES(
      "lun mar mié jue vie sáb dom",
      "ene feb mar abr may jun jul ago sep oct nov dic",
      "ahora|media|máx.|total|recibido|enviado|respuesta|pérdida|mejor a peor|percentil 95|"
          + "sin datos|señal|estaciones|y %d más");

  private final String days;
  private final String months;
  private final String words;

  Language(String days, String months, String words) {
    this.days = days;
    this.months = months;
    this.words = words;
  }

  /** What can be said. */
  enum Word {
    NOW,
    MEAN,
    MAX,
    TOTAL,
    IN,
    OUT,
    LATENCY,
    LOSS,
    SMOKE,
    PERCENTILE,
    NOTHING,
    SIGNAL,
    CLIENTS,
    MORE
  }

  String say(Word word) {
    return words.split("\\|", -1)[word.ordinal()];
  }

  /** Returns the name of a day of the week, 1 (Monday) to 7. */
  String day(int day) {
    return days.split(" ", -1)[day - 1];
  }

  /** Returns the name of a month, 1 to 12. */
  String month(int month) {
    return months.split(" ", -1)[month - 1];
  }
}
