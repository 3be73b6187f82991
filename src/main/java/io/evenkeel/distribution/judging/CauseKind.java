package io.evenkeel.distribution.judging;

/** What makes shares differ, with the advice that follows. Of two that explain as much the first here is told first. */
public enum CauseKind {
    /** Picks went where their sticky session was. */
    STICKY_SESSIONS("Disable sticky sessions, or add clients."),
    /** So few clients that hashing them cannot come out even. */
    FEW_CLIENTS("Add clients, or let requests be spread one by one: ROUND_ROBIN without sticky sessions."),
    /** The client's address decided, and some clients ask for more than others. */
    SOURCE_IP_HASHING("Use ROUND_ROBIN or LEAST_CONNECTIONS: many users behind one address all go to one member."),
    /** Connections stay where they were opened, whatever was configured since. */
    LONG_LIVED_CONNECTIONS(
            "Let clients open their connections anew now and then, or use LEAST_CONNECTIONS, which gives new ones to"
                    + " members with few."),
    /** Members were away for a part of the requests. */
    FLAPPING_MEMBERS("Find out why the members fail their health checks; the others took their requests meanwhile."),
    /** A part of the requests came while weights or members were others than now. */
    WEIGHTS_JUST_CHANGED("Ask again for a window that begins after the change."),
    /** Requests went on to other members because these could not be reached. */
    FAILING_MEMBERS("Look at the members that refuse connections, and give the pool a health monitor."),
    /** The algorithm gives more to members that answer sooner, or weigh more while few requests are under way. */
    LEAST_CONNECTIONS("This is what LEAST_CONNECTIONS is for; use ROUND_ROBIN for equal numbers of requests."),
    /** None of these. */
    UNEXPLAINED("Please report this with the figures of the answer.");

    private final String advice;

    CauseKind(String advice) {
        this.advice = advice;
    }

    public String advice() {
        return advice;
    }
}
