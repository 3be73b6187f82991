package io.evenkeel.dataplane.transport.epoll.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done at the end of a turn, in which order, and how much of it. */
class EndOfTurnTests {

    private static final int READS_PER_TURN = 16;

    private final EndOfTurn end = new EndOfTurn();
    private final List<String> served = new ArrayList<>();

    private final class Stream implements EndOfTurn.Waiting {

        private final String name;
        private int reads;

        private Stream(String name) {
            this.name = name;
        }

        @Override
        public void takeTurn() {
            served.add(name);
            for (int share = end.share(); share > 0; share--) {
                reads++;
                end.spend(1);
            }
            end.addBulk(this);
        }
    }

    private Stream stream(String name) {
        var stream = new Stream(name);
        end.addBulk(stream);
        return stream;
    }

    private List<Stream> streams(int count) {
        var streams = new ArrayList<Stream>();
        for (int i = 0; i < count; i++) {
            streams.add(stream("bulk " + i));
        }
        return streams;
    }

    private static int reads(List<Stream> streams) {
        return streams.stream().mapToInt(stream -> stream.reads).sum();
    }

    @Test
    void givesAStreamThatIsAloneTheWholeTurn() {
        var alone = stream("alone");
        end.serve();
        assertThat(alone.reads).isEqualTo(READS_PER_TURN);
    }

    @Test
    void takesNoMoreBulkInATurnHoweverManyStreamsWait() {
        for (int count : new int[] {2, 3, 16, 17, 1_000}) {
            var several = new EndOfTurnTests();
            var streams = several.streams(count);
            several.end.serve();
            assertThat(reads(streams)).as("%d streams", count).isBetween(READS_PER_TURN - count, READS_PER_TURN);
            assertThat(reads(streams)).isPositive();
        }
    }

    @Test
    void givesEveryStreamTheSameInTheLongRun() {
        var streams = streams(40);
        for (int turn = 0; turn < 40; turn++) {
            end.serve();
        }
        assertThat(streams).allSatisfy(stream -> assertThat(stream.reads).isEqualTo(READS_PER_TURN));
    }

    @Test
    void doesAllThatIsSmallBeforeAnyBulk() {
        stream("bulk");
        for (int i = 0; i < 1_000; i++) {
            end.add(() -> served.add("small"));
        }
        end.serve();
        assertThat(served).hasSize(1_001).endsWith("small", "bulk");
    }

    @Test
    void leavesWhatComesMeanwhileToTheNextTurn() {
        end.add(() -> end.add(() -> served.add("next")));
        end.serve();
        assertThat(served).isEmpty();
        assertThat(end.isEmpty()).isFalse();
        end.serve();
        assertThat(served).containsExactly("next");
        assertThat(end.isEmpty()).isTrue();
    }

    @Test
    void servesOneAtLeastWhateverTheEventsTook() {
        stream("first");
        stream("second");
        end.spend(10 * READS_PER_TURN);
        end.serve();
        assertThat(served).containsExactly("first");
    }

    @Test
    void takesBulkAtOnceOnlyWhereNoneWaitsAndTheTurnHasSomeLeft() {
        assertThat(end.takesBulk()).isTrue();
        end.spend(READS_PER_TURN);
        assertThat(end.takesBulk()).isFalse();
        end.serve();
        assertThat(end.takesBulk()).isTrue();
        stream("waiting");
        assertThat(end.takesBulk()).isFalse();
    }
}
