package io.evenkeel.member.rest;

import io.evenkeel.member.joining.MemberJoinService;
import io.evenkeel.member.rest.MemberRequests.CreateMemberEnvelope;
import io.evenkeel.member.rest.MemberRequests.UpdateMemberEnvelope;
import io.evenkeel.platform.paging.ListQueries;
import io.evenkeel.platform.web.RequestId;
import io.evenkeel.pool.Pools;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb")
@Tag(name = "Members")
class MemberController {

    private static final String MEMBERS = "/pools/{pool_id}/members";
    private static final String MEMBER = MEMBERS + "/{member_id}";

    private final MemberJoinService joins;
    private final MemberService members;
    private final MemberReads reads;
    private final Pools pools;
    private final MemberFilters.OfPool ofPool;
    private final MemberFilters.OfProject ofProject;
    private final ListQueries lists;

    MemberController(
            MemberJoinService joins,
            MemberService members,
            MemberReads reads,
            Pools pools,
            MemberFilters.OfPool ofPool,
            MemberFilters.OfProject ofProject,
            ListQueries lists) {
        this.joins = joins;
        this.members = members;
        this.reads = reads;
        this.pools = pools;
        this.ofPool = ofPool;
        this.ofProject = ofProject;
        this.lists = lists;
    }

    @PostMapping(MEMBERS)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateMember", summary = "Adds a backend server to a pool")
    MemberResponse.Answer create(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @RequestBody @Valid CreateMemberEnvelope body) {
        var joined = joins.join(projectId, poolId, body.member().wanted(projectId));
        var member = members.require(projectId, poolId, joined.ids().getFirst());
        return new MemberResponse.Answer(member, RequestId.current());
    }

    @GetMapping(MEMBERS)
    @Operation(operationId = "ListMembers", summary = "Lists the backend servers of a pool")
    MemberResponse.ListAnswer list(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @RequestParam MultiValueMap<String, String> query) {
        pools.require(projectId, poolId);
        var page = lists.page(ofPool, projectId, query, Map.of("t.pool_id", poolId));
        return new MemberResponse.ListAnswer(reads.read(projectId, page.uuids()), page.info(), RequestId.current());
    }

    @GetMapping("/members")
    @Operation(operationId = "ListAllMembers", summary = "Lists the backend servers of all pools")
    MemberResponse.AllAnswer listAll(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = lists.page(ofProject, projectId, query);
        return new MemberResponse.AllAnswer(reads.readInfo(projectId, page.uuids()), page.info(), RequestId.current());
    }

    @GetMapping(MEMBER)
    @Operation(operationId = "ShowMember", summary = "Shows a backend server of a pool")
    MemberResponse.Answer show(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @PathVariable("member_id") UUID memberId) {
        return new MemberResponse.Answer(members.require(projectId, poolId, memberId), RequestId.current());
    }

    @PutMapping(MEMBER)
    @Operation(operationId = "UpdateMember", summary = "Changes name, weight or port of a backend server")
    MemberResponse.Answer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @PathVariable("member_id") UUID memberId,
            @RequestBody @Valid UpdateMemberEnvelope body) {
        members.update(projectId, poolId, memberId, body.member());
        return show(projectId, poolId, memberId);
    }

    @DeleteMapping(MEMBER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteMember", summary = "Takes a backend server out of a pool")
    void delete(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @PathVariable("member_id") UUID memberId) {
        members.delete(projectId, poolId, memberId);
    }

    @PostMapping(MEMBERS + "/batch-add")
    @Operation(operationId = "BatchCreateMembers", summary = "Adds up to 200 backend servers, or none")
    MemberResponse.AddedAnswer addAll(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @RequestBody @Valid BatchRequests.Add body) {
        var joined = joins.joinAll(projectId, poolId, body.wanted());
        var found = reads.read(projectId, joined.ids()).stream()
                .collect(Collectors.toMap(MemberResponse::id, Function.identity(), (one, same) -> one));
        var added = new ArrayList<MemberResponse.Added>();
        for (int i = 0; i < joined.ids().size(); i++) {
            var member = found.get(joined.ids().get(i));
            if (member != null) {
                added.add(new MemberResponse.Added(member, null, joined.isNew().get(i) ? "successful" : "existed"));
            }
        }
        return new MemberResponse.AddedAnswer(added, RequestId.current());
    }

    @PostMapping(MEMBERS + "/batch-update")
    @Operation(operationId = "BatchUpdateMembers", summary = "Changes up to 200 backend servers, or none")
    MemberResponse.UpdatedAnswer updateAll(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @RequestBody @Valid BatchRequests.Update body) {
        var ids = members.updateAll(projectId, poolId, body.wanted());
        var updated = reads.read(projectId, ids).stream()
                .map(member -> new MemberResponse.Updated(member, null))
                .toList();
        return new MemberResponse.UpdatedAnswer(updated, RequestId.current());
    }

    @PostMapping(MEMBERS + "/batch-delete")
    @Operation(operationId = "BatchDeleteMembers", summary = "Takes up to 200 backend servers out of a pool")
    MemberResponse.DeletedAnswer deleteAll(
            @PathVariable("project_id") String projectId,
            @PathVariable("pool_id") UUID poolId,
            @RequestBody @Valid BatchRequests.Delete body) {
        return new MemberResponse.DeletedAnswer(
                members.deleteAll(projectId, poolId, body.leaving()), RequestId.current());
    }
}
