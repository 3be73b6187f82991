package brokenonpurpose;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** Seen by every module, and tied to another row. */
@Entity
public class OpenEntity {
    @Id
    long id;

    @ManyToOne
    OpenEntity other;
}
