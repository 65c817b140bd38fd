from __future__ import annotations
import json, gzip, math, random, sys, time
from collections import Counter
from parser.lexicon.features import *
from parser.lexicon.features import _WORD

class Example:
    def __init__(s,kind,terms,context):
        s.kind,s.terms,s.context=kind,terms,context
        s.text=" ".join(" ".join(t.split()) for t in terms)
        cuts=[];n=0
        for t in terms:
            n+=len(t.split());cuts.append(n)
        s.cuts=cuts

def contexts(study):
    p=study['protocolSection'];m=p.get('conditionsModule',{})
    d=p.get('descriptionModule',{});a=p.get('armsInterventionsModule',{})
    prose="\n".join(filter(None,[d.get('briefSummary',''),d.get('detailedDescription',''),
      *(x.get('name','') for x in a.get('interventions',[])), p.get('eligibilityModule',{}).get('eligibilityCriteria','')]))
    t=p['identificationModule'].get('briefTitle','')
    out=[]
    for k,o in(('conditions','keywords'),('keywords','conditions')):
        ts=[x for x in m.get(k,[]) if x.split()]
        if ts: out.append(Example(k,ts,Context(t," ".join(m.get(o,[])),prose)))
    return out

def bump(c,k,by):
    v=c.get(k,0)+by
    if v: c[k]=v
    else: c.pop(k,None)

def add_term(st,kind,term,by,rows=True):
    m={'conditions':st.conditions,'keywords':st.keywords,'mesh':st.headings}[kind]
    bump(m,fold_term(term),by)
    if kind=='mesh':
        t=turned(term)
        if t: bump(m,t,by)
        return
    w=[fold_word(x) for x in term.split()]
    if len(w)==1: bump(st.alone,w[0],by)
    else:
        bump(st.first,w[0],by);bump(st.last,w[-1],by)
        for x in w[1:-1]: bump(st.inner,x,by)
        for a,b in zip(w,w[1:]): bump(st.within,a+" "+b,by)

TEXTB={}
def text_pairs(study):
    k=id(study)
    if k not in TEXTB:
        s=set()
        e=contexts(study)
        if e:
            c=e[0].context
            for line in (c.title+"\n"+c.prose).split("\n"):
                w=[]
                for x in line.split():
                    if w and w[-1] and prev[-1] not in ",.;:)" : 
                        s.add(w[-1]+" "+fold_word(x))
                    w.append(fold_word(x)); prev=x
        TEXTB[k]=frozenset(s)
    return TEXTB[k]
def add_study(st,study,exs,by,prose=True):
    for e in exs:
        for t in set(e.terms): add_term(st,e.kind,t,by)
        for a,b in zip(e.terms,e.terms[1:]):
            bump(st.across,fold_word(a.split()[-1])+" "+fold_word(b.split()[0]),by)
    cb=study.get('derivedSection',{}).get('conditionBrowseModule',{})
    for x in cb.get('meshes',[])+cb.get('ancestors',[]): add_term(st,'mesh',x['term'],by)
    if prose:
        for p in text_pairs(study): bump(st.prose,p,by)

def load_terms(path,st):
    with open(path,encoding='utf-8') as f:
        next(f)
        for line in f:
            k,t,n=line.rstrip('\n').split('\t')
            if not t.split(): continue
            add_term(st,{'condition':'conditions','condition-lowercased':'conditions','keyword':'keywords','mesh':'mesh'}[k],t,int(n))

class Trainer:
    def __init__(s): s.ids={}; s.w=[];s.g=[]
    def fid(s,f,new):
        i=s.ids.get(f)
        if i is None and new:
            i=s.ids[f]=len(s.w);s.w.append(0.0);s.g.append(1e-6)
        return i
    def encode(s,e,st,new):
        v=View(e.text,e.context,st)
        def enc(fs):
            out=[]
            for f in fs:
                for g in (f,e.kind[0]+'~'+f):
                    i=s.fid(g,new)
                    if i is not None: out.append(i)
            return out
        n=v.size
        gaps=[None]+[enc(v.gap(i)) for i in range(1,n)]
        segs=[]
        for i in range(n):
            row=[];key=""
            for j in range(i+1,min(n,i+LONGEST)+1):
                key+=v.folded[j-1]
                row.append(enc(v.stretch(i,j,key)))
            segs.append(row)
        long=enc(["long"])
        return n,gaps,segs,long,e.cuts

def lse(a,b):
    if a<b:a,b=b,a
    return a+math.log1p(math.exp(b-a)) if b>-1e300 else a
NEG=-1e308
def scores(x,w):
    n,gaps,segs,long,_=x
    gs=[0.0]+[sum([w[f] for f in gaps[i]]) for i in range(1,n)]+[0.0]
    ss=[[sum([w[f] for f in c]) for c in r] for r in segs]
    return gs,ss,sum([w[f] for f in long])
def best(x,w):
    n=x[0];gs,ss,lw=scores(x,w)
    B=[0.0]+[NEG]*n;back=[0]*(n+1);L=NEG;Ls=0
    for j in range(1,n+1):
        b=NEG;bi=0
        for i in range(max(0,j-LONGEST),j):
            v=B[i]+ss[i][j-i-1]
            if v>b:b=v;bi=i
        i=j-LONGEST-1
        if i>=0 and B[i]+lw>L: L=B[i]+lw;Ls=i
        if L>b:b=L;bi=Ls
        B[j]=b+gs[j];back[j]=bi
    out=[];j=n
    while j: out.append(j);j=back[j]
    # logZ
    A,_=forward(n,gs,ss,lw)
    return out[::-1],math.exp(min(0,B[n]-A[n]))
def forward(n,gs,ss,lw):
    A=[0.0]+[NEG]*n;L=NEG;LL=[NEG]*(n+1)
    exp=math.exp
    for j in range(1,n+1):
        c=[A[i]+ss[i][j-i-1] for i in range(max(0,j-LONGEST),j)]
        i=j-LONGEST-1
        if i>=0: L=lse(A[i]+lw,L)
        LL[j]=L
        if L>NEG:c.append(L)
        m=max(c)
        A[j]=m+math.log(sum([exp(v-m) for v in c]))+gs[j]
    return A,LL
def step(x,t,eta,l2):
    n,gaps,segs,long,cuts=x
    w=t.w;gs,ss,lw=scores(x,w)
    A,LL=forward(n,gs,ss,lw);Z=A[n];exp=math.exp
    B=[NEG]*n+[0.0]  # B[i]: score of completing from i (not incl. gs[i])
    R=NEG # long from i : R = lse over j>=i+L+1 of gs[j]+B[j]
    RR=[NEG]*(n+1)
    for i in range(n-1,-1,-1):
        c=[s+gs[i+k+1]+B[i+k+1] for k,s in enumerate(ss[i])]
        j=i+LONGEST+1
        if j<=n: R=lse(gs[j]+B[j],R)
        RR[i]=R
        if R>NEG:c.append(R+lw)
        m=max(c);B[i]=m+math.log(sum([exp(v-m) for v in c]))
    grad={}
    def push(fs,d):
        for f in fs: grad[f]=grad.get(f,0.0)+d
    gold=set(cuts);st=0;gseg=set();nl=0
    for c in cuts:
        if c-st<=LONGEST:gseg.add((st,c))
        else:nl+=1
        st=c
    for i in range(1,n):
        d=exp(min(0,A[i]+B[i]-Z))-(i in gold)
        if abs(d)>1e-4: push(gaps[i],d)
    for i in range(n):
        if A[i]+B[i]-Z<-9 and i not in gold and i: continue
        for k,s in enumerate(ss[i]):
            d=exp(min(0,A[i]+s+gs[i+k+1]+B[i+k+1]-Z))-((i,i+k+1) in gseg)
            if abs(d)>1e-4: push(segs[i][k],d)
    d=sum(exp(min(0,A[i]+lw+RR[i]-Z)) for i in range(n) if RR[i]>NEG)-nl
    if abs(d)>1e-4: push(long,d)
    G=t.g;sq=math.sqrt
    for f,d in grad.items():
        d+=l2*w[f]
        G[f]+=d*d
        w[f]-=eta*d/sq(G[f])
    return Z

def train(data,epochs=8,eta=0.15,l2=0.01,log=None,t=None):
    rng=random.Random(1)
    for ep in range(epochs):
        rng.shuffle(data)
        for x in data: step(x,t,eta*(1-0.9*ep/epochs),l2)
        if log: log(ep)

def evaluate(t,test):
    r={}
    for k,x in test:
        p,c=best(x,t.w)
        r.setdefault(k,[]).append((p==x[4],c,p,x))
    return r
