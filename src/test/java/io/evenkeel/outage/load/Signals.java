package io.evenkeel.outage.load;

import java.io.IOException;

/** Signals that Java itself does not send. */
public enum Signals {
    INTERRUPT("INT"),
    PAUSE("STOP"),
    GO_ON("CONT");

    private final String code;

    Signals(String code) {
        this.code = code;
    }

    /** To a process of ours. */
    public void send(long pid) {
        try {
            int exit = new ProcessBuilder("kill", "-" + code, Long.toString(pid))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + code + " " + pid + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
