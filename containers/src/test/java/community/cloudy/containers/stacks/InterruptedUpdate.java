package community.cloudy.containers.stacks;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Updates the stack {@code s}, in a process that the test kills. Says each step; stays at the one
 * it is told to, if any.
 */
final class InterruptedUpdate {
  private InterruptedUpdate() {}

  /** Takes the engine's socket, the folder of stacks and the step to stay at. */
  public static void main(String[] arguments) {
    String stay = arguments[2];
    StacksRig rig = new StacksRig(Path.of(arguments[0]), Path.of(arguments[1]));
    rig.stacks.update(
        "s",
        StacksRig.sleeper("two", ""),
        Optional.empty(),
        "ana",
        (step, done, total) -> {
          System.out.println(step);
          System.out.flush();
          while (step.equals(stay)) {
            LockSupport.park();
          }
        });
    System.out.println("end");
  }
}
